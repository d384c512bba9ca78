#include "document/message_origin.h"

#include "base/text.h"

namespace greenlane::document {

std::uint32_t MessageOrigin::element(std::string_view pointer) const {
  while (!pointer.empty()) {
    if (const auto found = elements_.find(std::string(pointer)); found != elements_.end()) return found->second;
    pointer = pointer.substr(0, pointer.rfind('/'));
  }
  return 0;
}

bool MessageOrigin::is_ignored(std::uint32_t element) const noexcept {
  for (; element != MessageTree::none; element = (*tree_)[element].parent) {
    if (ignored_[element] || (*tree_)[element].service) return true;
  }
  return false;
}

/// A text of its own, and not only in elements below.
bool MessageOrigin::has_content(std::uint32_t element) const noexcept {
  for (std::uint32_t child = (*tree_)[element].first_child; child != MessageTree::none; child = (*tree_)[child].next) {
    if (!(*tree_)[child].attribute) return false;
  }
  return !text::trim(tree_->text(element)).empty();
}

std::uint32_t MessageOrigin::value_at(const std::string& pointer) const {
  const auto found = elements_.find(pointer);
  return found != elements_.end() && read_[found->second] ? found->second : MessageTree::none;
}

std::vector<std::uint32_t> MessageOrigin::unread() const {
  std::vector<std::uint32_t> found;
  for (std::uint32_t element = 0; element < tree_->size(); ++element) {
    if (!read_[element] && has_content(element) && !is_ignored(element)) found.push_back(element);
  }
  return found;
}

std::pair<std::size_t, std::size_t> MessageOrigin::counts() const {
  std::pair<std::size_t, std::size_t> counts;
  for (std::uint32_t element = 0; element < tree_->size(); ++element) {
    if (!has_content(element)) continue;
    if (read_[element]) {
      ++counts.first;
    } else if (is_ignored(element)) {
      ++counts.second;
    }
  }
  return counts;
}

std::string path_of(const MessageTree& tree, std::uint32_t element) {
  std::string path;
  for (; element != MessageTree::none; element = tree[element].parent) path.insert(0, '/' + tree.name(element).local);
  return path;
}

}  // namespace greenlane::document
