#ifndef CRE2_H
#define CRE2_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled regular expression of RE2. Matching does not change it as far as a caller can see: any number of
/// threads may match with one at a time (RE2 guards its caches itself).
typedef struct cre2_pattern cre2_pattern;

/// Compiles `length` bytes of UTF-8 as RE2 syntax, to use at most `memory` bytes.
///
/// Returns NULL when the pattern does not compile; then `reason` holds why, cut to `reason_size` and ended by NUL.
/// The pattern returned is released with `cre2_release`.
cre2_pattern *cre2_compile(const uint8_t *bytes, size_t length, int64_t memory, char *reason, size_t reason_size);

/// Tells whether the text matches: all of it when `whole`, else any part of it. Takes time linear in the text.
bool cre2_matches(const cre2_pattern *pattern, const uint8_t *bytes, size_t length, bool whole);

/// Releases a pattern; NULL is let be.
void cre2_release(cre2_pattern *pattern);

#ifdef __cplusplus
}
#endif

#endif
