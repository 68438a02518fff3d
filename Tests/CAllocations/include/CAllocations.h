#ifndef CALLOCATIONS_H
#define CALLOCATIONS_H

/// How often this thread has asked for memory, or -1 where that cannot be counted.
long allocations_of_this_thread(void);

#endif
