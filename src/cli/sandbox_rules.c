#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cli/sandbox_rules.h"

#ifdef __x86_64__
#define ARCHITECTURE AUDIT_ARCH_X86_64
#else
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

enum {
	CPU_SECONDS = 20,
	MEMORY = 512 * 1024 * 1024,
	DESCRIPTORS = 32,
	THE_THREE = 3, /* input, output, errors: there is no room for more */
	WRITING = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND
};

static bool
limit(int what, rlim_t n)
{
	return setrlimit((__rlimit_resource_t)what, &(struct rlimit){ n, n }) ==
	    0;
}

static bool
set_limits(bool runs_program)
{
	return limit(RLIMIT_CPU, CPU_SECONDS) &&
#ifndef __SANITIZE_ADDRESS__ /* which reserves more than there is */
	    limit(RLIMIT_AS, MEMORY) &&
#endif
	    limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0) &&
	    limit(RLIMIT_NOFILE, runs_program ? DESCRIPTORS : THE_THREE) &&
	    limit(RLIMIT_NPROC, 0);
}

/*
 * Files, by Landlock: a program needs its libraries and what they read.
 */

static bool
allow_below(int rules, const char *path, uint64_t access)
{
	struct landlock_path_beneath_attr below = { .allowed_access = access };
	bool good;

	below.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (below.parent_fd == -1)
		return true; /* then there is nothing to allow */
	good = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH,
		   &below, 0) == 0;
	close(below.parent_fd);
	return good;
}

static bool
lock_files(bool runs_program)
{
	static const uint64_t reading = LANDLOCK_ACCESS_FS_READ_FILE |
	    LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_EXECUTE;
	static const char *const system[] = { "/usr", "/lib", "/lib64" };
	const struct landlock_ruleset_attr all = { .handled_access_fs =
						       (1ULL << 13) - 1 };
	int rules =
	    (int)syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0);
	bool good = true;

	if (rules == -1) /* the kernel has none, it is off or out of reach */
		return errno == ENOSYS || errno == EOPNOTSUPP || errno == EPERM;
	for (int i = 0; runs_program && i < 3; i++)
		good = good && allow_below(rules, system[i], reading);
	good = good &&
	    (!runs_program ||
		allow_below(rules, "/etc/ld.so.cache",
		    LANDLOCK_ACCESS_FS_READ_FILE)) &&
	    syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	close(rules);
	return good;
}

/*
 * System calls, by a filter.  What is not in the list fails, as it does for
 * any program on an older kernel: libraries ask for things they can do without.
 */

#define LOAD(field) \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define ANSWER(what) BPF_STMT(BPF_RET | BPF_K, (what))
#define EQUAL(value, yes, no) \
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), (yes), (no))
#define ALLOW(name) EQUAL(SYS_##name, 0, 1), ANSWER(SECCOMP_RET_ALLOW)
#define REFUSE ANSWER(SECCOMP_RET_ERRNO | EPERM)

/* A call whose argument must have none of some bits. */
#define WITHOUT(name, arg, bits)                                        \
	EQUAL(SYS_##name, 0, 5), LOAD(args[arg]),                       \
	    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (bits), 0, 1), REFUSE, \
	    ANSWER(SECCOMP_RET_ALLOW), LOAD(nr)

#ifdef __x86_64__
#define OLD_CALLS                                                            \
	WITHOUT(open, 1, WRITING), ALLOW(stat), ALLOW(lstat), ALLOW(access), \
	    ALLOW(readlink), ALLOW(arch_prctl), ALLOW(time)
#else
#define OLD_CALLS ALLOW(faccessat)
#endif

static bool
filter_calls(const char *program)
{
	uint64_t path = (uint64_t)(uintptr_t)program;
	/* clang-format off */
	struct sock_filter rules[] = {
		LOAD(arch),
		EQUAL(ARCHITECTURE, 1, 0), ANSWER(SECCOMP_RET_KILL_PROCESS),
		LOAD(nr),
		ALLOW(read), ALLOW(readv), ALLOW(pread64), ALLOW(write),
		ALLOW(writev), ALLOW(lseek), ALLOW(close), ALLOW(fstat),
		ALLOW(newfstatat), ALLOW(statx), ALLOW(faccessat2),
		ALLOW(readlinkat), ALLOW(getcwd), ALLOW(getdents64),
		ALLOW(uname), WITHOUT(openat, 2, WRITING), OLD_CALLS,
		ALLOW(fcntl), ALLOW(mmap), ALLOW(munmap), ALLOW(mremap),
		ALLOW(mprotect), ALLOW(madvise), ALLOW(brk), ALLOW(futex),
		ALLOW(set_tid_address), ALLOW(set_robust_list), ALLOW(rseq),
		ALLOW(getrandom), ALLOW(clock_gettime), ALLOW(gettimeofday),
		ALLOW(times), ALLOW(getrusage), ALLOW(sysinfo), ALLOW(getpid),
		ALLOW(gettid), ALLOW(getuid), ALLOW(geteuid), ALLOW(getgid),
		ALLOW(getegid), ALLOW(sched_getaffinity), ALLOW(sched_yield),
		ALLOW(rt_sigaction), ALLOW(rt_sigprocmask),
		ALLOW(rt_sigreturn), ALLOW(sigaltstack), ALLOW(exit),
		ALLOW(exit_group),
		/* the one program, whose path lies where we have it */
		EQUAL(SYS_execve, 0, 5),
		LOAD(args[0]), EQUAL((uint32_t)path, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		    offsetof(struct seccomp_data, args[0]) + 4),
		EQUAL((uint32_t)(path >> 32), 0, 1),
		ANSWER(SECCOMP_RET_ALLOW),
		REFUSE,
	};
	/* clang-format on */
	struct sock_fprog filter = { sizeof(rules) / sizeof(rules[0]), rules };

	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

bool
sandbox_lock(const char *program)
{
	/* Where users may have namespaces of their own: no network, no other
	 * processes' queues. */
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC) == -1)
		errno = 0;
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    lock_files(program != NULL) && set_limits(program != NULL) &&
	    filter_calls(program);
}
