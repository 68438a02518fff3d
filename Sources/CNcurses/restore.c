// The terminal as it was, and how it is given back: by the loop, or at once by a signal handler.
#include "rescue.h"

#include "CNcurses.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <termios.h>
#include <unistd.h>

// Descriptors: the terminal, kept for restoring it when standard output no longer leads there; the null device; what
// catches standard error; the true standard error.
static int terminal = -1, null_device = -1, held_back = -1, true_error = -1;
static struct termios modes_before;
// Two, so that a handler never reads what is being written.
static char restore_sequences[2][256];
static volatile sig_atomic_t restore_number;
static volatile sig_atomic_t is_open;

// MARK: Opening

static int duplicate(int descriptor) { return fcntl(descriptor, F_DUPFD_CLOEXEC, 3); }

bool restore_open(void) {
  if (tcgetattr(STDIN_FILENO, &modes_before) != 0) return false;
  fflush(stderr);
  terminal = duplicate(STDOUT_FILENO);
  true_error = duplicate(STDERR_FILENO);
  null_device = open("/dev/null", O_RDWR | O_CLOEXEC);
  FILE *file = tmpfile();
  held_back = duplicate(file ? fileno(file) : null_device);
  if (file) fclose(file);
  dup2(held_back, STDERR_FILENO);
  is_open = 1;
  return true;
}

void rescue_set_restore(const char *sequence) {
  int next = 1 - restore_number;
  strncpy(restore_sequences[next], sequence, sizeof restore_sequences[next] - 1);
  restore_number = next;
}

// MARK: From signal handlers

static bool is_writable_soon(int descriptor) {
  struct timeval limit = {.tv_usec = 200 * 1000};
  fd_set writable;
  FD_ZERO(&writable);
  FD_SET(descriptor, &writable);
  return select(descriptor + 1, NULL, &writable, NULL, &limit) > 0;
}

/// Writes without ever blocking for long: the terminal may have stopped reading. For signal handlers too.
static void write_soon(int descriptor, const char *bytes, size_t count) {
  int flags = fcntl(descriptor, F_GETFL);
  fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
  while (count > 0) {
    // Where it stopped, what it has not read yet makes room for the restoring, for when it goes on.
    if (!is_writable_soon(descriptor) && (tcflush(descriptor, TCOFLUSH) != 0 || !is_writable_soon(descriptor))) break;
    ssize_t written = write(descriptor, bytes, count);
    if (written < 0) break;
    bytes += written;
    count -= (size_t)written;
  }
  fcntl(descriptor, F_SETFL, flags);  // Whoever shares the terminal expects it to block.
}

static void print_held_back(void) {
  char bytes[4096];
  off_t offset = 0;
  for (ssize_t count; (count = pread(held_back, bytes, sizeof bytes, offset)) > 0; offset += count)
    write_soon(true_error, bytes, (size_t)count);
}

/// Other threads may still be drawing, so what they
/// write goes nowhere from here on.
void restore_at_once(void) {
  dup2(null_device, STDOUT_FILENO);
  const char *sequence = restore_sequences[restore_number];
  write_soon(terminal, sequence, strlen(sequence));
  tcsetattr(STDIN_FILENO, TCSANOW, &modes_before);
  print_held_back();
}

void restore_for_report(void) {
  if (!is_open) return;
  restore_at_once();
  dup2(true_error, STDERR_FILENO);
}

// MARK: In peace

void restore_modes(void) { tcsetattr(STDIN_FILENO, TCSADRAIN, &modes_before); }

void restore_standard_error(void) {
  fflush(stderr);
  is_open = 0;
  dup2(true_error, STDERR_FILENO);
  print_held_back();
}

void restore_close(void) {
  int descriptors[] = {terminal, true_error, null_device, held_back};
  for (int i = 0; i < 4; i++) close(descriptors[i]);
}
