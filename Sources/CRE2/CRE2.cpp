#include "CRE2.h"

#include <algorithm>
#include <cstring>
#include <new>

#include <re2/re2.h>

struct cre2_pattern {
    RE2 expression;

    cre2_pattern(const re2::StringPiece &source, const RE2::Options &options) : expression(source, options) {}
};

namespace {

// An empty text may come without an address; RE2's searches take a null pointer for "not found".
re2::StringPiece piece(const uint8_t *bytes, size_t length) {
    return length == 0 ? re2::StringPiece("", 0) : re2::StringPiece(reinterpret_cast<const char *>(bytes), length);
}

void tell(const char *why, char *reason, size_t size) {
    if (reason == nullptr || size == 0) return;
    const size_t count = std::min(std::strlen(why), size - 1);
    std::memcpy(reason, why, count);
    reason[count] = '\0';
}

}  // namespace

// No exception may cross into the caller: the only one that RE2 lets through is that of a failed allocation.
cre2_pattern *cre2_compile(const uint8_t *bytes, size_t length, int64_t memory, char *reason, size_t reason_size) {
    try {
        RE2::Options options;
        options.set_log_errors(false);
        options.set_max_mem(memory);
        auto *pattern = new cre2_pattern(piece(bytes, length), options);
        if (pattern->expression.ok()) return pattern;
        tell(pattern->expression.error().c_str(), reason, reason_size);
        delete pattern;
    } catch (const std::bad_alloc &) {
        tell("out of memory", reason, reason_size);
    }
    return nullptr;
}

bool cre2_matches(const cre2_pattern *pattern, const uint8_t *bytes, size_t length, bool whole) {
    return pattern->expression.Match(
        piece(bytes, length), 0, length, whole ? RE2::ANCHOR_BOTH : RE2::UNANCHORED, nullptr, 0);
}

void cre2_release(cre2_pattern *pattern) { delete pattern; }
