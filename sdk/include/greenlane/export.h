// GREENLANE_EXPORT: what the shared library shows to its users. Everything else in it is hidden.
#pragma once

#define GREENLANE_EXPORT __attribute__((visibility("default")))
