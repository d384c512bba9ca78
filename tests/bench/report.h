// The figures as a table for people and as one JSON object.
#pragma once

#include <string>

#include "figures.h"

namespace greenlane::bench {

std::string to_table(const Figures& figures);
/// One line, without line end.
std::string to_json(const Figures& figures, bool quick);

}  // namespace greenlane::bench
