#pragma once
#include <stdint.h>

// How often this thread has asked for memory since it began. The program's own malloc, which every library calls too,
// counts and hands on to the C library's.
uint64_t allocation_count(void);
