// Where the values of a document stand in the message that it was read from.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "document/message_tree.h"

namespace greenlane::document {

/// Immutable once the document is read; any thread.
class MessageOrigin {
 public:
  explicit MessageOrigin(std::shared_ptr<const MessageTree> tree)
      : tree_(std::move(tree)), read_(tree_->size(), false), ignored_(tree_->size(), false) {}

  void note(std::string pointer, std::uint32_t element) { elements_.emplace(std::move(pointer), element); }
  void mark_read(std::uint32_t element) { read_[element] = true; }
  /// With everything in it.
  void mark_ignored(std::uint32_t element) { ignored_[element] = true; }

  const MessageTree& tree() const noexcept { return *tree_; }
  /// The element that the value at `pointer` was read from, or the nearest that it would stand in.
  std::uint32_t element(std::string_view pointer) const;
  /// The element whose text is the value at `pointer`; MessageTree::none for what the mapping itself gives.
  std::uint32_t value_at(const std::string& pointer) const;
  /// Elements and attributes with a text that the mapping neither reads nor ignores, in order.
  std::vector<std::uint32_t> unread() const;
  /// How many elements and attributes with a text were read, and how many ignored.
  std::pair<std::size_t, std::size_t> counts() const;

 private:
  bool is_ignored(std::uint32_t element) const noexcept;
  bool has_content(std::uint32_t element) const noexcept;

  std::shared_ptr<const MessageTree> tree_;
  std::unordered_map<std::string, std::uint32_t> elements_;  ///< by JSON Pointer
  std::vector<bool> read_;
  std::vector<bool> ignored_;
};

/// From the record down, without indices: "/MetaData/Declaration/ID".
std::string path_of(const MessageTree& tree, std::uint32_t element);

}  // namespace greenlane::document
