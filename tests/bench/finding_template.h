// The text of a finding with places for what differs from line to line.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "pack_text.h"

namespace greenlane::bench {

/// What findings of this workload show of a goods line.
struct Shown {
  std::string_view hs, origin, amount;
};

class FindingTemplate {
 public:
  /// `list` is the one that findings name; "" for none.
  FindingTemplate(const CriterionTexts& texts, const std::string& list);

  char* write(char* out, const Shown& shown) const {
    const char* from = text_.data();
    for (const Part& part : parts_) {
      std::memcpy(out, from, part.bytes);
      out += part.bytes;
      from += part.bytes;
      const std::string_view value = part.shows == 'h'   ? shown.hs
                                     : part.shows == 'o' ? shown.origin
                                                         : shown.amount;
      std::memcpy(out, value.data(), value.size());
      out += value.size();
    }
    const auto rest = static_cast<std::size_t>(text_.data() + text_.size() - from);
    std::memcpy(out, from, rest);
    return out + rest;
  }
  /// No finding is longer.
  std::size_t most_bytes() const { return text_.size() + parts_.size() * 32; }

 private:
  /// Text, then a value.
  struct Part {
    std::uint32_t bytes;
    char shows;
  };
  std::string text_;
  std::vector<Part> parts_;
};

}  // namespace greenlane::bench
