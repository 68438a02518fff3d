// The screen, by ncurses. The feature macros it needs are set in Package.swift.
#include "CNcurses.h"
#include "keys.h"

#include <curses.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

// Terminals that know synchronized output show the frame at once; the others ignore these.
#define BEGIN_UPDATE "\033[?2026h"
#define END_UPDATE "\033[?2026l"

// Presses and releases, drags, in decimal digits (xterm's "SGR" reports). Written here because ncurses reads other
// reports under some terminals' names, which are wrong beyond column 223.
#define TAKE_POINTER "\033[?1000h\033[?1002h\033[?1006h"
#define LEAVE_POINTER "\033[?1006l\033[?1002l\033[?1000l"

enum { MOST_CELLS = 4096 };

// From term.h, which would make macros of words like columns and lines.
extern int setupterm(const char *term, int descriptor, int *error);

static bool takes_pointer, shows_cursor;
// What makes the last line clean, where there is no normal screen to go back to: else the shell would write over the
// footer. Empty elsewhere.
static char clean_line[64];

static void send(const char *sequence) { (void)!write(STDOUT_FILENO, sequence, strlen(sequence)); }

static bool is_utf8(void) {
  const char *codeset = nl_langinfo(CODESET);
  return strcasecmp(codeset, "UTF-8") == 0 || strcasecmp(codeset, "UTF8") == 0;
}

static bool names_utf8(const char *locale) { return strcasestr(locale, "UTF-8") || strcasestr(locale, "UTF8"); }

bool screen_set_locale(void) {
  setlocale(LC_CTYPE, "");
  if (is_utf8()) return true;
  // The named locale may not be installed here although the terminal speaks UTF-8. The first that is set decides.
  const char *variables[] = {"LC_ALL", "LC_CTYPE", "LANG"}, *wanted = "";
  for (int i = 0; i < 3 && !*wanted; i++) wanted = getenv(variables[i]) ? getenv(variables[i]) : "";
  if (names_utf8(wanted) && (setlocale(LC_CTYPE, "C.UTF-8") || setlocale(LC_CTYPE, "en_US.UTF-8"))) return is_utf8();
  return false;
}

/// What terminfo has under a name; null if it has nothing.
static const char *string_capability(const char *name) {
  const char *text = tigetstr(name);
  return text == (char *)-1 ? NULL : text;
}

/// Appends a terminfo string without its padding marks ("$<5>").
static void append(char *sequence, size_t size, const char *text) {
  if (!text) return;
  size_t length = strlen(sequence);
  for (; *text && length + 1 < size; text++) {
    if (text[0] == '$' && text[1] == '<' && strchr(text, '>')) text = strchr(text, '>');
    else sequence[length++] = *text;
  }
  sequence[length] = 0;
}

/// ncurses forgets these modes whenever it gives the terminal back.
static void set_modes(void) {
  keypad(stdscr, TRUE);
  // Some terminals cannot hide it: there it waits in the corner, where it covers least.
  shows_cursor = curs_set(0) == ERR;
  leaveok(stdscr, !shows_cursor);
  if (takes_pointer) send(TAKE_POINTER);
}

static void leave(void) {
  if (takes_pointer) send(LEAVE_POINTER);
  endwin();
  send(clean_line);
}

/// What gives the terminal back from wherever it is.
static void prepare_to_leave(void) {
  clean_line[0] = 0;
  if (stdscr && !string_capability("rmcup")) {
    append(clean_line, sizeof clean_line, tparm(string_capability("cup"), getmaxy(stdscr) - 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L));
    append(clean_line, sizeof clean_line, string_capability("el"));
  }
  // CAN first: it ends an escape sequence that a crash cut short.
  char restore[256] = "\030" END_UPDATE LEAVE_POINTER;
  const char *capabilities[] = {"sgr0", "rmkx", "rmcup", "cnorm"};
  for (int i = 0; i < 4; i++) append(restore, sizeof restore, string_capability(capabilities[i]));
  append(restore, sizeof restore, clean_line);
  rescue_set_restore(restore);
}

void screen_take_pointer(bool takes) {
  if (takes == takes_pointer) return;
  takes_pointer = takes;
  send(takes ? TAKE_POINTER : LEAVE_POINTER);
}

bool screen_open(const char *term) {
  // Before anything is written: a signal may come between that and the rest.
  int error;
  if (setupterm(term, STDOUT_FILENO, &error) != OK) return false;
  prepare_to_leave();
  SCREEN *screen = newterm(term, stdout, stdin);
  if (!screen) return false;
  if (!string_capability("cup")) {
    endwin();
    delscreen(screen);
    return false;
  }
  cbreak();
  noecho();
  nonl();
  intrflush(stdscr, FALSE);
  nodelay(stdscr, TRUE);
  typeahead(-1);  // Or a key that arrives while drawing cuts the frame short.
  set_escdelay(25);
  // Without flow control Ctrl-S cannot freeze the program, and without extensions Ctrl-V and Ctrl-O are plain keys.
  struct termios modes;
  if (tcgetattr(STDIN_FILENO, &modes) == 0) {
    modes.c_iflag &= ~(tcflag_t)(IXON | IXOFF);
    modes.c_lflag &= ~(tcflag_t)IEXTEN;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
    def_prog_mode();
  }
  keypad(stdscr, TRUE);  // Which binds what the terminal's entry knows, so first: some bind the pointer's reports.
  define_keys();
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
  prepare_to_leave();
  endwin();   // Once it has been left and entered again ncurses no longer flushes after every cursor movement.
  refresh();
  screen_resize();  // ncurses believes LINES and COLUMNS of the environment; the kernel knows better.
  set_modes();
  return true;
}

void screen_close(void) {
  rescue_begin_writing(true);
  leave();
}

void screen_size(int *columns, int *rows) { getmaxyx(stdscr, *rows, *columns); }

/// Of a screen that says it is larger no more is drawn: ncurses counts in shorts, and would make 65,535 columns −1.
static int bounded(int cells) { return cells < MOST_CELLS ? cells : MOST_CELLS; }

void screen_resize(void) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return;
  resizeterm(bounded(size.ws_row), bounded(size.ws_col));
  prepare_to_leave();
  clearok(curscr, TRUE);
}

int screen_colors(void) { return has_colors() ? COLORS : 0; }

bool screen_define_pair(int pair, int foreground, int ground) {
  return pair <= SHRT_MAX && pair < COLOR_PAIRS && foreground < COLORS && ground < COLORS &&
         init_pair((short)pair, (short)foreground, (short)ground) == OK;
}

void screen_put(int column, int row, const uint32_t *scalars, int count, int width, int pair, int emphasis) {
  static const attr_t attributes[] = {A_NORMAL, A_BOLD, A_REVERSE};
  wchar_t text[CCHARW_MAX + 1] = {(wchar_t)scalars[0]};
  // Of a character that this C library takes for narrower or wider, ncurses would lose the columns.
  if (wcwidth(text[0]) != width) {
    text[0] = L'?';
    count = 1;
    if (width == 2) mvaddch(row, column + 1, ' ');
  }
  int length = 1;
  for (int i = 1; i < count && length < CCHARW_MAX; i++)
    if (wcwidth((wchar_t)scalars[i]) == 0) text[length++] = (wchar_t)scalars[i];
  text[length] = 0;
  cchar_t cell;
  if (setcchar(&cell, text, attributes[emphasis], (short)pair, NULL) == OK) mvadd_wch(row, column, &cell);
}

int screen_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

void screen_flush(void) {
  if (shows_cursor) move(getmaxy(stdscr) - 1, getmaxx(stdscr) - 1);
  wnoutrefresh(stdscr);
  rescue_begin_writing(false);
  // ncurses's own buffer is empty before and after `doupdate`.
  send(BEGIN_UPDATE);
  doupdate();
  send(END_UPDATE);
  rescue_end_writing();
}

void screen_send(const char *sequence) {
  rescue_begin_writing(false);
  // ncurses's own buffer is empty between flushes.
  send(sequence);
  rescue_end_writing();
}

void screen_forget(void) { clearok(curscr, TRUE); }

void screen_suspend(void) {
  leave();
  rescue_stop();
  screen_resume();
}

void screen_resume(void) {
  // Not after `screen_suspend`: terminals restore the cursor when they are told to leave the alternate screen, even if
  // they have left it, and where the shell has written since would be forgotten.
  if (!isendwin()) endwin();
  refresh();
  set_modes();
  screen_resize();
}
