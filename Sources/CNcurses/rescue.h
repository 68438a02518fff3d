#ifndef RESCUE_H
#define RESCUE_H

#include <stdbool.h>

// What the files of the rescue share: giving the terminal back (restore.c).

/// Remembers the terminal's modes and holds back standard error. Returns false, with nothing changed, where standard
/// input is no terminal.
bool restore_open(void);

/// Restores the terminal with system calls only, for signal handlers; standard output leads nowhere afterwards.
void restore_at_once(void);

/// The same for a crash, if the screen is up: what is printed next goes to the true standard error.
void restore_for_report(void);

/// Sets the terminal's modes as they were, once it has read what was written.
void restore_modes(void);

/// Lets standard error be what it was, and prints what was held back.
void restore_standard_error(void);

/// Nothing can be restored any more.
void restore_close(void);

#endif
