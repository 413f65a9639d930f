#define _GNU_SOURCE 1

#include "CChildProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#endif

int gatehouse_pipe(int ends[2], int *errno_out) {
#ifdef __linux__
    int result = pipe2(ends, O_CLOEXEC);
#else
    int result = pipe(ends);
    if (result == 0) {
        fcntl(ends[0], F_SETFD, FD_CLOEXEC);
        fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    }
#endif
    *errno_out = result == 0 ? 0 : errno;
    return result;
}

#ifdef __linux__
/// Soft and hard alike, and never above what the process may have now: raising is the administrator's.
static int bound(pid_t pid, int resource, rlim_t most) {
    struct rlimit limit;
    if (prlimit(pid, resource, NULL, &limit) != 0) return -1;
    if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max < most) most = limit.rlim_max;
    limit.rlim_cur = most;
    limit.rlim_max = most;
    return prlimit(pid, resource, &limit, NULL);
}
#endif

int gatehouse_confine(pid_t pid, uint64_t data_bytes, uint64_t descriptors, int *errno_out) {
    *errno_out = 0;
#ifdef __linux__
    // 1 and not 0: a handler that core dumps are piped to is called despite 0, and is not for 1 (coredump.c).
    if (bound(pid, RLIMIT_CORE, 1) == 0 && bound(pid, RLIMIT_DATA, data_bytes) == 0 &&
        bound(pid, RLIMIT_NOFILE, descriptors) == 0) {
        return 0;
    }
    *errno_out = errno;
    return -1;
#else
    (void)pid, (void)data_bytes, (void)descriptors;
    return 0;
#endif
}

// Everything below runs in a forked copy of a process with threads: only async-signal-safe calls may be made.

static pid_t groups[GATEHOUSE_GUARD_GROUPS];
static int group_count = 0;

static void note(struct gatehouse_guard_record record) {
    for (int i = 0; i < group_count; i++) {
        if (groups[i] != record.group) continue;
        if (!record.watched) groups[i] = groups[--group_count];
        return;
    }
    if (record.watched && group_count < GATEHOUSE_GUARD_GROUPS) groups[group_count++] = record.group;
}

/// Keeps descriptors 0 to 2 on /dev/null and the socket on 3. A guard that held the gateway's own standard output would
/// keep the gateway's client waiting for its end.
static int hold_only(int socket) {
    int null = open("/dev/null", O_RDWR);
    if (null < 0) return -1;
    for (int standard = 0; standard < 3; standard++) {
        if (socket != standard && dup2(null, standard) < 0) return -1;
    }
    if (socket != 3 && dup2(socket, 3) < 0) return -1;
    if (socket < 3 && dup2(null, socket) < 0) return -1;
#ifdef SYS_close_range
    if (syscall(SYS_close_range, 4, ~0U, 0) == 0) return 3;
#endif
    for (int descriptor = 4; descriptor < 65536; descriptor++) close(descriptor);
    return 3;
}

static void guard(int socket) {
    setsid();
    if (chdir("/") != 0) _exit(1);
#ifdef __linux__
    prctl(PR_SET_NAME, "gatehouse-guard");
#endif
    socket = hold_only(socket);
    if (socket < 0) _exit(1);
    for (;;) {
        struct gatehouse_guard_record record;
        ssize_t count = recv(socket, &record, sizeof record, 0);
        if (count == (ssize_t)sizeof record && record.group > 1) {
            note(record);
        } else if (count == 0 || (count < 0 && errno != EINTR)) {
            break;
        }
    }
    for (int i = 0; i < group_count; i++) kill(-groups[i], SIGKILL);
    _exit(0);
}

int gatehouse_guard_start(pid_t *pid, int *errno_out) {
    int ends[2];
#ifdef __linux__
    int type = SOCK_SEQPACKET | SOCK_CLOEXEC;
#else
    int type = SOCK_DGRAM;
#endif
    if (socketpair(AF_UNIX, type, 0, ends) != 0) {
        *errno_out = errno;
        return -1;
    }
    // Signals stay blocked in the guard for good: it ends by the socket, or by SIGKILL. No handler of the gateway's may
    // run in the copy, and a Ctrl-C meant for the gateway must leave the guard at its post.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t child = fork();
    int reason = errno;
    if (child == 0) {
        close(ends[0]);
        guard(ends[1]);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        *errno_out = reason;
        return -1;
    }
    *pid = child;
    *errno_out = 0;
    return ends[0];
}
