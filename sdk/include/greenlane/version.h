// Version of the library.
#pragma once

namespace greenlane {

/// Semantic version, as in CMakeLists.txt.
inline constexpr const char* version = "0.1.0";

}  // namespace greenlane
