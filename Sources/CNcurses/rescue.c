// Waiting for keys, other threads and signals at once, and giving the terminal back however the program ends.
#include "CNcurses.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/uio.h>
#include <termios.h>
#include <unistd.h>

static const int ordinary[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT, SIGALRM};
static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT};
enum { ORDINARY = sizeof ordinary / sizeof *ordinary, CRASHES = sizeof crashes / sizeof *crashes };

// Descriptors: the wake-up pipe; the terminal, kept for restoring it when standard output no longer leads there; the
// null device; what catches standard error; the true standard error.
static int wake_read = -1, wake_write = -1, terminal = -1, null_device = -1, held_back = -1, true_error = -1;
static struct termios modes_before;
static struct sigaction ordinary_before[ORDINARY], crash_before[CRASHES];
static char restore_sequence[256];
static size_t restore_length;
static bool chain_crashes;
static char crash_stack[64 * 1024];  // Above MINSIGSTKSZ also where registers are wide.

static atomic_flag byte_on_its_way = ATOMIC_FLAG_INIT, crashing = ATOMIC_FLAG_INIT;
static volatile sig_atomic_t resized, suspend, continued, termination, writing, closing;
static volatile sig_atomic_t screen_is_up;
static char quitting_keys[8];

// MARK: Giving the terminal back

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

/// Restores the terminal with system calls only, for signal handlers. Other threads may still be drawing, so what they
/// write goes nowhere from here on.
static void restore_at_once(void) {
  dup2(null_device, STDOUT_FILENO);
  write_soon(terminal, restore_sequence, restore_length);
  tcsetattr(STDIN_FILENO, TCSANOW, &modes_before);
  print_held_back();
}

void rescue_set_restore(const char *sequence) {
  restore_length = strlen(sequence);
  if (restore_length > sizeof restore_sequence) restore_length = sizeof restore_sequence;
  memcpy(restore_sequence, sequence, restore_length);
}

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

static const char *crash_name(int number) {
  switch (number) {
  case SIGSEGV: return "SIGSEGV";
  case SIGBUS: return "SIGBUS";
  case SIGILL: return "SIGILL";
  case SIGTRAP: return "SIGTRAP";
  case SIGFPE: return "SIGFPE";
  default: return "SIGABRT";
  }
}

/// One line, written with what a signal handler may call. A signal from outside is nobody's bug.
static void print_crash(int number, const siginfo_t *info) {
  if (info->si_code <= 0 && info->si_pid != getpid()) return;
  char address[2 + 2 * sizeof(uintptr_t)];
  uintptr_t value = (uintptr_t)info->si_addr;
  for (size_t i = sizeof address; i-- > 2; value >>= 4) address[i] = "0123456789abcdef"[value & 15];
  address[0] = '0';
  address[1] = 'x';
  const char *before = "roulade: crashed (", *name = crash_name(number), *at = ") at ",
             *after = ": this is a bug; please report this and the lines before it on the project's issue tracker\n";
  struct iovec parts[] = {{(void *)before, strlen(before)}, {(void *)name, strlen(name)}, {(void *)at, strlen(at)},
                          {address, sizeof address}, {(void *)after, strlen(after)}};
  (void)!writev(STDERR_FILENO, parts, 5);
}

/// Leaves a readable report on a restored terminal, then lets the signal do what it would have done.
static void on_crash(int number, siginfo_t *info, void *context) {
  // A second thread that crashes meanwhile must not end the process halfway through.
  while (atomic_flag_test_and_set(&crashing)) pause();
  if (screen_is_up) {
    restore_at_once();
    dup2(true_error, STDERR_FILENO);
  }
  print_crash(number, info);
  for (int i = 0; i < CRASHES; i++) {
    signal(crashes[i], SIG_DFL);
    struct sigaction *before = &crash_before[i];
    // Called, not waited for: it returns, and a signal from outside does not come a second time.
    if (chain_crashes && crashes[i] == number && before->sa_flags & SA_SIGINFO && before->sa_sigaction)
      before->sa_sigaction(number, info, context);
  }
  signal(number, SIG_DFL);
  raise(number);  // Blocked while its handler runs, so it arrives on return.
}

/// Before `main`, since a signal may come as soon as Swift's runtime has put its backtracer in place: it waits for an
/// answer on the terminal.
__attribute__((constructor(101))) void rescue_report_crashes(void) {
  static bool done;
  if (done) return;
  done = true;
  stack_t stack = {.ss_sp = crash_stack, .ss_size = sizeof crash_stack};  // For a stack overflow of this thread.
  sigaltstack(&stack, NULL);
  // Swift's own backtracer asks questions on the terminal, which nobody could answer here.
  chain_crashes = getenv("SWIFT_BACKTRACE") != NULL;
  struct sigaction crash = {.sa_sigaction = on_crash, .sa_flags = SA_ONSTACK | SA_SIGINFO};
  sigfillset(&crash.sa_mask);
  for (int i = 0; i < CRASHES; i++) sigaction(crashes[i], &crash, &crash_before[i]);
  // Which the backtracer takes for a crash, too.
  struct sigaction quit;
  if (!chain_crashes && sigaction(SIGQUIT, NULL, &quit) == 0 && quit.sa_flags & SA_SIGINFO) signal(SIGQUIT, SIG_DFL);
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
  rescue_report_crashes();
}

// MARK: Opening and closing

static int duplicate(int descriptor) { return fcntl(descriptor, F_DUPFD_CLOEXEC, 3); }

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
  if (tcgetattr(STDIN_FILENO, &modes_before) != 0 || !open_pipe()) return false;
  fflush(stderr);
  terminal = duplicate(STDOUT_FILENO);
  true_error = duplicate(STDERR_FILENO);
  null_device = open("/dev/null", O_RDWR | O_CLOEXEC);
  FILE *file = tmpfile();
  held_back = duplicate(file ? fileno(file) : null_device);
  if (file) fclose(file);
  dup2(held_back, STDERR_FILENO);
  atomic_flag_clear(&byte_on_its_way);
  resized = suspend = continued = termination = writing = closing = 0;
  catch_signals();
  screen_is_up = 1;
  return true;
}

void rescue_close(void) {
  tcsetattr(STDIN_FILENO, TCSADRAIN, &modes_before);
  rescue_end_writing();
  fflush(stderr);
  screen_is_up = 0;
  dup2(true_error, STDERR_FILENO);
  print_held_back();
  if (termination) return;  // The handlers and the alarm stay in force until the process dies of the signal.
  for (int i = 0; i < ORDINARY; i++) sigaction(ordinary[i], &ordinary_before[i], NULL);
  // Not the pipe: other threads may still wake a loop that has ended.
  int descriptors[] = {terminal, true_error, null_device, held_back};
  for (int i = 0; i < 4; i++) close(descriptors[i]);
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
