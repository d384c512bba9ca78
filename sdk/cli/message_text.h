// What people read of messages and the mappings that read them.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "console.h"
#include "greenlane/convert.h"

namespace greenlane::cli {

/// What mappings left unread in many messages, by path.
class UnreadParts {
 public:
  void add(const ConvertedItem& item);
  bool empty() const noexcept { return paths_.empty(); }
  /// How many elements were read, and the paths that were not, each with an example; "" where there were no messages.
  std::string text(const Console& console) const;

 private:
  struct Unread {
    std::size_t count = 0;
    std::string example;  ///< a value
    std::string place;    ///< and where it stands
  };
  std::size_t messages_ = 0, read_ = 0, ignored_ = 0, unread_ = 0;
  std::map<std::string, Unread> paths_;
};

/// The values of one document, each with the part of the message it came from.
std::string values_text(const Console& console, const ConvertedItem& item);

}  // namespace greenlane::cli
