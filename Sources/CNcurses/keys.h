#ifndef KEYS_H
#define KEYS_H

/// Tells ncurses, once it is open, of the keys and reports that a terminal's entry does not name.
void define_keys(void);

#endif
