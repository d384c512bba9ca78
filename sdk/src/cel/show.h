// Numbers as text.
#pragma once

#include <string>

namespace greenlane::cel {

/// The shortest text that reads back as the same double; scientific where the exponent is below -4 or
/// above 5 digits of precision need it (what CEL's string(double) gives elsewhere): "123.456", "6.02e+23".
std::string format_double(double value);

}  // namespace greenlane::cel
