// What a child process needs and Swift cannot say: close-on-exec pipes made in one step, limits set from outside, a fork.

#ifndef GATEHOUSE_CHILD_PROCESS_H
#define GATEHOUSE_CHILD_PROCESS_H

#include <stdint.h>
#include <sys/types.h>

/// A pipe with both ends close-on-exec from the start, so that no child made meanwhile inherits them.
/// Returns 0, or -1 with the reason in `errno_out`.
int gatehouse_pipe(int ends[2], int *errno_out);

/// Bounds another process of this user's, and all it starts from now on: no core dumps, so many bytes of private writable
/// memory for each process, so many open descriptors. Where there is no such call (outside Linux) it does nothing.
/// Returns 0, or -1 with the reason in `errno_out`.
int gatehouse_confine(pid_t pid, uint64_t data_bytes, uint64_t descriptors, int *errno_out);

/// What the guard is told: watch a process group, or forget it again.
struct gatehouse_guard_record {
    int32_t group;
    int32_t watched;
};

/// The most process groups a guard remembers; further ones are not guarded.
#define GATEHOUSE_GUARD_GROUPS 4096

/// Forks the guard: a process that kills every group it has been told of once this process is gone, whatever ended it.
///
/// The guard runs nothing but system calls, holds no other descriptor of this process, and leaves when the socket ends.
/// Returns the close-on-exec socket that takes records, or -1 with the reason in `errno_out`.
int gatehouse_guard_start(pid_t *pid, int *errno_out);

#endif
