// Keys and the pointer's reports, as ncurses and the terminal give them.
#include "keys.h"

#include "CNcurses.h"

#include <curses.h>
#include <wchar.h>

enum { KEY_SGR_POINTER = KEY_MAX + 60, KEY_X10_POINTER };

void define_keys(void) {
  // Arrow keys as terminals send them when they have missed the request for application mode.
  define_key("\033[A", KEY_UP);
  define_key("\033[B", KEY_DOWN);
  define_key("\033[C", KEY_RIGHT);
  define_key("\033[D", KEY_LEFT);
  define_key("\033[<", KEY_SGR_POINTER);
  define_key("\033[M", KEY_X10_POINTER);
}

/// The next character of a report that has begun; 0 if none comes.
static wint_t rest_of_report(void) {
  wint_t next;
  wtimeout(stdscr, 50);
  int result = get_wch(&next);
  nodelay(stdscr, TRUE);
  if (result == KEY_CODE_YES) ungetch((int)next);
  return result == OK ? next : 0;
}

/// Decodes "b;x;yM" or "b;x;ym". What is none of this is swallowed up to its end, so that no part of it acts as a key.
static int32_t sgr_report(struct screen_pointer *pointer) {
  int32_t values[3] = {0};
  int count = 0, digits = 0;
  bool is_valid = true;
  wint_t next;
  while ((next = rest_of_report()) != 0 && !rescue_termination()) {
    if (next >= '0' && next <= '9') {
      digits++;
      if (values[count] < 100000) values[count] = values[count] * 10 + (int32_t)(next - '0');
    } else if (next == ';') {
      is_valid = is_valid && digits > 0 && count < 2;
      if (count < 2) count++;
      digits = 0;
    } else if (next >= 0x20 && next < 0x40) {
      is_valid = false;
    } else {
      // Another sequence may begin here.
      if (next < 0x20) unget_wch((wchar_t)next);
      is_valid = is_valid && digits > 0 && count == 2 && (next == 'M' || next == 'm') && values[1] > 0 && values[2] > 0;
      if (!is_valid) return SCREEN_KEY_OTHER;
      *pointer = (struct screen_pointer){values[0], values[1] - 1, values[2] - 1, next == 'm'};
      return SCREEN_KEY_POINTER;
    }
  }
  return SCREEN_KEY_OTHER;
}

int32_t screen_key(struct screen_pointer *pointer) {
  wint_t key;
  switch (get_wch(&key)) {
  case OK: return key == 0 ? SCREEN_KEY_OTHER : (int32_t)key;
  case KEY_CODE_YES: break;
  default: return SCREEN_KEY_NONE;
  }
  switch (key) {
  case KEY_UP: return SCREEN_KEY_UP;
  case KEY_DOWN: return SCREEN_KEY_DOWN;
  case KEY_LEFT: return SCREEN_KEY_LEFT;
  case KEY_RIGHT: return SCREEN_KEY_RIGHT;
  case KEY_HOME: return SCREEN_KEY_HOME;
  case KEY_END: return SCREEN_KEY_END;
  case KEY_PPAGE: return SCREEN_KEY_PAGE_UP;
  case KEY_NPAGE: return SCREEN_KEY_PAGE_DOWN;
  case KEY_BACKSPACE: return SCREEN_KEY_BACKSPACE;
  case KEY_DC: return SCREEN_KEY_DELETE;
  case KEY_BTAB: return SCREEN_KEY_BACK_TAB;
  case KEY_ENTER: return SCREEN_KEY_ENTER;
  case KEY_SGR_POINTER: return sgr_report(pointer);
  case KEY_X10_POINTER:
  case KEY_MOUSE:
    // From a terminal that does not know the mode asked for; three characters that are no keys.
    for (int i = 0; i < 3 && rest_of_report() != 0; i++) {}
    return SCREEN_KEY_OTHER;
  default: return SCREEN_KEY_OTHER;
  }
}
