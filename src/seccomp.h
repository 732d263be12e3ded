#ifndef SECCOMP_H
#define SECCOMP_H

#include <sys/mman.h>
#include <sys/prctl.h>

#include <kore/seccomp.h>

/*
 * All that a worker may ask of the kernel (glibc 2.36, x86-64).  There is no
 * socket(), connect() or execve() in it.
 *
 * It is read before Kore's own list and ends in KILL_PROCESS, so that one is
 * never reached: it lacks what SQLite needs, and kills the thread alone, which
 * leaves a worker behind that neither works nor is replaced.
 *
 * Sanitizers and valgrind need more than this: -DNO_SECCOMP allows all.
 */
/* clang-format off */
#ifdef NO_SECCOMP
#define WORKER_MAY KORE_BPF_RET(SECCOMP_RET_ALLOW)
#else
#define MAY(name) KORE_SYSCALL_ALLOW(name)
#define WORKER_MAY \
	KORE_SYSCALL_DENY(ioctl, EACCES), \
	/* files */ \
	MAY(read), MAY(write), MAY(writev), MAY(open), MAY(openat), \
	MAY(close), MAY(stat), MAY(lstat), MAY(fstat), MAY(newfstatat), \
	MAY(access), MAY(faccessat2), MAY(readlink), MAY(getcwd), \
	MAY(getdents64), MAY(lseek), MAY(fcntl), MAY(unlink), \
	MAY(mkdir), MAY(rename), \
	/* files, as SQLite uses them */ \
	MAY(pread64), MAY(pwrite64), MAY(fdatasync), MAY(fsync), \
	MAY(ftruncate), MAY(fchmod), MAY(fchown), MAY(flock), \
	/* memory, but never code that was written */ \
	KORE_SYSCALL_DENY_WITH_FLAG(mmap, 2, PROT_EXEC | PROT_WRITE, EINVAL), \
	KORE_SYSCALL_DENY_WITH_FLAG(mprotect, 2, PROT_EXEC, EINVAL), \
	MAY(brk), MAY(mmap), MAY(munmap), MAY(mprotect), MAY(madvise), \
	MAY(mremap), MAY(mlock), MAY(munlock), \
	/* connections that came in */ \
	MAY(accept), MAY(sendto), MAY(recvfrom), MAY(sendfile), \
	MAY(setsockopt), MAY(shutdown), MAY(epoll_ctl), MAY(epoll_wait), \
	MAY(epoll_pwait), MAY(poll), MAY(ppoll), \
	/* signals, process, time */ \
	MAY(sigaltstack), MAY(rt_sigreturn), MAY(rt_sigaction), \
	MAY(rt_sigprocmask), MAY(kill), MAY(tgkill), MAY(gettid), \
	MAY(getpid), MAY(getppid), MAY(getuid), MAY(geteuid), MAY(exit), \
	MAY(exit_group), MAY(nanosleep), MAY(clock_nanosleep), \
	MAY(clock_gettime), MAY(getrandom), \
	MAY(sysinfo), /* qsort() asks how much memory there is */ \
	KORE_SYSCALL_ALLOW_ARG(prctl, 0, PR_SET_PDEATHSIG), \
	/* threads; glibc falls back to clone() */ \
	KORE_SYSCALL_DENY(clone3, ENOSYS), \
	MAY(clone), MAY(rseq), MAY(set_robust_list), MAY(socketpair), \
	MAY(futex), MAY(sched_yield), \
	KORE_BPF_RET(SECCOMP_RET_KILL_PROCESS)
#endif
/* clang-format on */

#endif
