// Regular expressions of the usual simple shapes as tables, which match a byte in a nanosecond or two.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace greenlane::document {

/// A deterministic automaton over bytes. Immutable; any thread.
class PatternMatcher {
 public:
  /// For `^…$` around ASCII literals, `\.` and the like, classes such as `[A-Z0-9]`, groups with `|`, and the
  /// counts `?`, `*`, `+`, `{n}` and `{n,m}`. Null for anything else, and for what needs a large table.
  static std::unique_ptr<const PatternMatcher> make(std::string_view pattern);

  /// As RE2::PartialMatch for well-formed UTF-8.
  bool matches(std::string_view text) const noexcept {
    const std::uint16_t* const next = next_.data();
    std::size_t state = 0;
    for (const char c : text) state = next[state + class_of_[static_cast<unsigned char>(c)]];
    return next[state + classes_] != 0;
  }

 private:
  PatternMatcher() = default;

  std::array<std::uint8_t, 256> class_of_{};  ///< bytes that no state tells apart share a class
  std::size_t classes_ = 0;
  /// By state: for every class where the next state begins, and last whether the text may end.
  std::vector<std::uint16_t> next_;
};

}  // namespace greenlane::document
