#ifndef CNCURSES_H
#define CNCURSES_H

// Plain functions over ncurses: <curses.h> itself cannot be imported into Swift 6, because its macros are not imported
// and its globals are not concurrency-safe.

#endif
