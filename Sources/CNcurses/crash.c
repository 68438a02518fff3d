// Crashes: a readable report on a restored terminal.
#include "CNcurses.h"
#include "rescue.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT};
enum { CRASHES = sizeof crashes / sizeof *crashes };

static struct sigaction crash_before[CRASHES];
static bool chain_crashes;
static char crash_stack[64 * 1024];  // Above MINSIGSTKSZ also where registers are wide.
static atomic_flag crashing = ATOMIC_FLAG_INIT;

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
  restore_for_report();
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

#ifdef __ELF__
static sigset_t mask_before;

/// Before any library's constructor: Swift's runtime puts its backtracer in place in one of them, and from then until
/// `report_crashes` a signal would have it wait for an answer on the terminal. So such a signal waits instead; what
/// the program does wrong itself meanwhile ends it nevertheless.
static void hold_signals(void) {
  sigset_t set;
  sigemptyset(&set);
  for (int i = 0; i < CRASHES; i++) sigaddset(&set, crashes[i]);
  sigaddset(&set, SIGQUIT);
  sigprocmask(SIG_BLOCK, &set, &mask_before);
}
static void (*before_constructors)(void) __attribute__((section(".preinit_array"), used)) = hold_signals;
#endif

/// From now on a crash prints one line that says where to report it, and Swift's own backtracer, which would ask
/// questions on the terminal, runs only where SWIFT_BACKTRACE is set. Before `main`, and before anything that takes its
/// time.
__attribute__((constructor(101))) static void report_crashes(void) {
  stack_t stack = {.ss_sp = crash_stack, .ss_size = sizeof crash_stack};  // For a stack overflow of this thread.
  sigaltstack(&stack, NULL);
  chain_crashes = getenv("SWIFT_BACKTRACE") != NULL;
  struct sigaction crash = {.sa_sigaction = on_crash, .sa_flags = SA_ONSTACK | SA_SIGINFO};
  sigfillset(&crash.sa_mask);
  for (int i = 0; i < CRASHES; i++) sigaction(crashes[i], &crash, &crash_before[i]);
  // Which the backtracer takes for a crash, too.
  struct sigaction quit;
  if (!chain_crashes && sigaction(SIGQUIT, NULL, &quit) == 0 && quit.sa_flags & SA_SIGINFO) signal(SIGQUIT, SIG_DFL);
#ifdef __ELF__
  pthread_sigmask(SIG_SETMASK, &mask_before, NULL);  // Those that have waited come now.
#endif
}
