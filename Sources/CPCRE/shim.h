#pragma once
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

// GNU's search for bytes in bytes, which Swift's Glibc module hides.
void *memmem(const void *text, size_t length, const void *part, size_t partLength);
