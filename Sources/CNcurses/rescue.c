// Waiting for keys, other threads and signals at once, and ending by a signal even where the loop is stuck.
#include "CNcurses.h"
#include "rescue.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <unistd.h>

static const int ordinary[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT, SIGALRM};
enum { ORDINARY = sizeof ordinary / sizeof *ordinary };

static int wake_read = -1, wake_write = -1;
static struct sigaction ordinary_before[ORDINARY];
static atomic_flag byte_on_its_way = ATOMIC_FLAG_INIT;
static volatile sig_atomic_t resized, suspend, continued, termination, writing, closing;
static char quitting_keys[8];

// MARK: Signals

void rescue_die(int number) {
  signal(number, SIG_DFL);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, number);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  raise(number);
  _exit(128 + number);
}

void rescue_set_quitting_keys(const char *keys) { strncpy(quitting_keys, keys, sizeof quitting_keys - 1); }

void rescue_begin_writing(bool for_good) {
  writing = 1;
  closing = for_good;
  if (!termination) alarm(for_good ? 2 : 1);
}

void rescue_end_writing(void) {
  writing = 0;
  if (!termination) alarm(0);
}

/// The terminal has not read for a second, and the loop cannot get at the keys.
static void look_for_quitting_key(void) {
  char typed[256];
  int waiting = 0;
  while (ioctl(STDIN_FILENO, FIONREAD, &waiting) == 0 && waiting > 0) {
    ssize_t count = read(STDIN_FILENO, typed, sizeof typed);
    for (ssize_t i = 0; i < count; i++)
      if (typed[i] && strchr(quitting_keys, typed[i])) closing = 1;
    if (count <= 0) break;
  }
}

void rescue_wake(void) {
  if (!atomic_flag_test_and_set(&byte_on_its_way)) (void)!write(wake_write, "", 1);
}

/// The event loop does the work. But it may be stuck writing to a terminal that no longer reads, so a request to end
/// also sets an alarm, which ends the program without it.
static void on_signal(int number) {
  int saved = errno;
  switch (number) {
  case SIGWINCH: resized = 1; break;
  case SIGTSTP: suspend = 1; break;
  case SIGCONT: continued = 1; break;
  case SIGALRM:
    if (!termination && !writing) break;
    if (!termination && !closing) look_for_quitting_key();
    if (!termination && !closing) {
      alarm(1);
      break;
    }
    restore_at_once();
    if (!termination) _exit(0);
    rescue_die(termination);
    break;
  default:
    if (!termination) alarm(2);
    termination = number;
  }
  rescue_wake();
  errno = saved;
}

void rescue_stop(void) {
  struct sigaction ours, stop = {.sa_handler = SIG_DFL};
  sigaction(SIGTSTP, &stop, &ours);
  raise(SIGTSTP);
  sigaction(SIGTSTP, &ours, NULL);
  suspend = continued = 0;
}

static void catch_signals(void) {
  struct sigaction action = {.sa_handler = on_signal};  // No SA_RESTART: a signal ends the wait.
  sigfillset(&action.sa_mask);
  for (int i = 0; i < ORDINARY; i++) {
    sigaction(ordinary[i], NULL, &ordinary_before[i]);
    if (ordinary_before[i].sa_handler != SIG_IGN) sigaction(ordinary[i], &action, NULL);  // nohup stays in force.
  }
}

// MARK: Opening and closing

static bool open_pipe(void) {
  int ends[2];
  if (wake_write >= 0) return true;
  if (pipe(ends) != 0) return false;
  for (int i = 0; i < 2; i++) {
    fcntl(ends[i], F_SETFL, O_NONBLOCK);
    fcntl(ends[i], F_SETFD, FD_CLOEXEC);
  }
  wake_read = ends[0];
  wake_write = ends[1];
  return true;
}

bool rescue_open(void) {
  if (!open_pipe() || !restore_open()) return false;
  atomic_flag_clear(&byte_on_its_way);
  resized = suspend = continued = termination = writing = closing = 0;
  catch_signals();
  return true;
}

void rescue_close(void) {
  restore_modes();
  rescue_end_writing();
  restore_standard_error();
  if (termination) return;  // The handlers and the alarm stay in force until the process dies of the signal.
  for (int i = 0; i < ORDINARY; i++) sigaction(ordinary[i], &ordinary_before[i], NULL);
  // Not the pipe: other threads may still wake a loop that has ended.
  restore_close();
}

// MARK: Waiting

int rescue_termination(void) { return termination; }

static int take(volatile sig_atomic_t *flag, int result) {
  if (!*flag) return 0;
  *flag = 0;
  return result;
}

/// `select`, because on macOS neither poll nor kqueue accepts a terminal.
int rescue_wait(int milliseconds) {
  struct timeval limit = {.tv_sec = milliseconds / 1000, .tv_usec = milliseconds % 1000 * 1000};
  fd_set readable;
  FD_ZERO(&readable);
  FD_SET(STDIN_FILENO, &readable);
  FD_SET(wake_read, &readable);
  if (select(wake_read + 1, &readable, NULL, NULL, milliseconds < 0 ? NULL : &limit) < 0) FD_ZERO(&readable);

  int result = 0;
  if (FD_ISSET(wake_read, &readable)) {
    char bytes[64];
    while (read(wake_read, bytes, sizeof bytes) > 0) {}
    atomic_flag_clear(&byte_on_its_way);  // After reading: a wake-up in between must not be thought to be on its way.
    result |= RESCUE_WOKEN;
  }
  if (FD_ISSET(STDIN_FILENO, &readable)) {
    int waiting = 0;
    if (ioctl(STDIN_FILENO, FIONREAD, &waiting) == 0 && waiting > 0) result |= RESCUE_INPUT;
    else if (!termination) termination = SIGHUP;  // Readable with nothing to read: the terminal is gone.
  }
  // Cleared before anybody acts on them, so that a signal in between is seen again.
  result |= take(&resized, RESCUE_RESIZED) | take(&suspend, RESCUE_SUSPEND) | take(&continued, RESCUE_CONTINUED);
  if (termination) result |= RESCUE_TERMINATED;
  return result;
}
