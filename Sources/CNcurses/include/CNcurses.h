#ifndef CNCURSES_H
#define CNCURSES_H

#include <stdbool.h>
#include <stdint.h>

// Plain functions over ncurses and signals. <curses.h> itself cannot be imported into Swift 6, because its macros are
// not imported and its globals are not concurrency-safe. There is one terminal, and all of this must be called on one
// thread, except `rescue_wake`.

// MARK: The screen and its keys (screen.c, keys.c)

/// Sets the character encoding from the environment; numbers keep their point. Returns whether it is UTF-8.
bool screen_set_locale(void);

/// Takes over the terminal on standard input and output: alternate screen, no echo, no cursor. `term` names a terminfo
/// entry. Returns false, with the terminal untouched, where there is no such entry or it cannot address the cursor.
bool screen_open(const char *term);
void screen_close(void);

void screen_size(int *columns, int *rows);

/// Asks the kernel for the size and follows it.
void screen_resize(void);

/// The number of colours, 0 for none.
int screen_colors(void);

/// Gives a pair (from 1) a foreground and a background colour, -1 being the terminal's own. Returns false where the
/// terminal has no such pair or colour.
bool screen_define_pair(int pair, int foreground, int ground);

enum { SCREEN_PLAIN = 0, SCREEN_BOLD = 1, SCREEN_REVERSE = 2 };

/// Stages a glyph: `count` scalars, a character and the marks over it, that take `width` cells; a pair (0 for the
/// terminal's own colours); an emphasis as above. What the C library gives another width becomes a question mark.
void screen_put(int column, int row, const uint32_t *scalars, int count, int width, int pair, int emphasis);

/// The cells that the C library gives a scalar in the present locale; -1 for none.
int screen_width(uint32_t scalar);

/// Sends what was staged since the last flush, as one update where the terminal knows how.
void screen_flush(void);

/// Sends an escape sequence that moves nothing and draws nothing.
void screen_send(const char *sequence);

/// Makes the next flush repaint everything.
void screen_forget(void);

/// Gives the terminal back, stops the process, and takes the terminal over again once it is continued.
void screen_suspend(void);

/// Takes the terminal over again after somebody else stopped and continued the process.
void screen_resume(void);

enum {
  SCREEN_KEY_NONE = 0, SCREEN_KEY_UP = -1, SCREEN_KEY_DOWN = -2, SCREEN_KEY_LEFT = -3, SCREEN_KEY_RIGHT = -4,
  SCREEN_KEY_HOME = -5, SCREEN_KEY_END = -6, SCREEN_KEY_PAGE_UP = -7, SCREEN_KEY_PAGE_DOWN = -8,
  SCREEN_KEY_BACKSPACE = -9, SCREEN_KEY_DELETE = -10, SCREEN_KEY_BACK_TAB = -11, SCREEN_KEY_ENTER = -12,
  SCREEN_KEY_OTHER = -13, SCREEN_KEY_POINTER = -14
};

/// What the pointer did, as xterm encodes it (mode 1006): `button` is 0, 1, 2 for left, middle, right, plus 32 while it
/// is dragged, or 64 and 65 for the wheel; column and row count from 0.
struct screen_pointer {
  int32_t button, column, row;
  bool is_release;
};

/// The next key that has arrived: a Unicode scalar, or one of the above; `pointer` is filled for SCREEN_KEY_POINTER.
/// Waits only, for 50 ms, for the rest of a pointer's report that has begun.
int32_t screen_key(struct screen_pointer *pointer);

/// Whether the terminal reports its pointer here, instead of selecting text.
void screen_take_pointer(bool takes);

// MARK: Waiting, signals and crashes (rescue.c, restore.c, crash.c)

/// Saves the terminal's modes, catches signals, and holds back standard error. `rescue_close` undoes it and prints what
/// was held back. Crashes are caught from the start, before `main`.
bool rescue_open(void);

/// Around what may block because the terminal has stopped reading. After a second, one of the quitting keys that has
/// been typed meanwhile ends the program; if it is `closing`, two seconds end it in any case.
void rescue_begin_writing(bool closing);
void rescue_end_writing(void);

/// The keys that quit, as bytes.
void rescue_set_quitting_keys(const char *keys);
void rescue_close(void);

/// What has to be written to leave the alternate screen and show the cursor, for exits that cannot ask ncurses.
void rescue_set_restore(const char *sequence);

enum {
  RESCUE_INPUT = 1, RESCUE_WOKEN = 2, RESCUE_RESIZED = 4, RESCUE_SUSPEND = 8, RESCUE_CONTINUED = 16, RESCUE_TERMINATED = 32
};

/// Sleeps until something happens or `milliseconds` have passed (negative: for ever). Returns a sum of the above, 0 for
/// neither.
int rescue_wait(int milliseconds);

/// Makes `rescue_wait` return. Safe from any thread and any signal handler; many calls in a row cost one byte.
void rescue_wake(void);

/// The signal that asked the program to end, or 0.
int rescue_termination(void);

/// Stops the process as Ctrl-Z does; returns once it is continued.
void rescue_stop(void);

/// Ends the process by the signal's default action, so that whoever waits for it sees the true reason.
void rescue_die(int signal);

#endif
