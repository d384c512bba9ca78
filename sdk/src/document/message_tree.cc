#include "document/message_tree.h"

#include <algorithm>
#include <utility>

namespace greenlane::document {

std::string_view MessageTree::text(std::uint32_t element) const noexcept {
  const Element& e = elements_[element];
  const std::string& all = e.attribute ? attribute_text_ : text_;
  return std::string_view(all).substr(e.text_begin, e.text_end - e.text_begin);
}

std::string MessageTree::place(std::uint32_t element) const {
  std::vector<std::uint32_t> way;
  for (std::uint32_t at = element; at != none; at = elements_[at].parent) way.push_back(at);
  std::reverse(way.begin(), way.end());
  std::string text = above_;
  if (syntax_ == Syntax::edifact) {
    // Groups are the mapping's, not the message's: a segment is found by its position.
    for (std::size_t i = 1; i < way.size(); ++i) {
      const Element& e = elements_[way[i]];
      const bool component = i + 1 == way.size() && e.first_child == none && i > 1;
      const std::string& written = name(way[i]).written;
      if (component) {
        text += '/' + written;
      } else {
        text = written + '[' + std::to_string(e.position) + ']';
      }
    }
    return text;
  }
  for (const std::uint32_t at : way) {
    text += '/' + name(at).written;
    if (!elements_[at].attribute) text += '[' + std::to_string(elements_[at].position) + ']';
  }
  return text;
}

MessageTreeBuilder::MessageTreeBuilder(MessageTree::Syntax syntax, std::string above) {
  tree_.syntax_ = syntax;
  tree_.above_ = std::move(above);
}

std::uint32_t MessageTreeBuilder::intern(std::string_view written, std::string_view namespace_uri) {
  std::string key(written);
  key += '\0';
  key += namespace_uri;
  const auto [known, made] = names_.try_emplace(std::move(key), static_cast<std::uint32_t>(tree_.names_.size()));
  if (!made) return known->second;
  const std::size_t colon = written.find(':');
  std::string local(colon == std::string_view::npos ? written : written.substr(colon + 1));
  if (written.starts_with('@') && colon != std::string_view::npos) local.insert(0, 1, '@');
  tree_.names_.push_back({std::string(written), std::move(local), std::string(namespace_uri)});
  return known->second;
}

std::uint32_t MessageTreeBuilder::add(std::uint32_t name, std::uint32_t line) {
  const auto made = static_cast<std::uint32_t>(tree_.elements_.size());
  MessageTree::Element element;
  element.name = name;
  element.line = line;
  if (!open_.empty()) {
    Open& parent = open_.back();
    element.parent = parent.element;
    if (parent.last_child == MessageTree::none) {
      tree_.elements_[parent.element].first_child = made;
    } else {
      tree_.elements_[parent.last_child].next = made;
    }
    parent.last_child = made;
  }
  tree_.elements_.push_back(element);
  return made;
}

std::uint32_t MessageTreeBuilder::open(std::string_view written, std::string_view namespace_uri, std::uint32_t line, std::uint32_t position) {
  const std::uint32_t name = intern(written, namespace_uri);
  const std::uint32_t made = add(name, line);
  MessageTree::Element& element = tree_.elements_[made];
  element.text_begin = static_cast<std::uint32_t>(tree_.text_.size());
  if (position != 0) {
    element.position = position;
  } else if (!open_.empty()) {
    auto& counts = open_.back().counts;
    if (counts.size() <= name) counts.resize(tree_.names_.size());
    element.position = ++counts[name];
  }
  open_.push_back({made});
  return made;
}

void MessageTreeBuilder::attribute(std::string_view written, std::string_view namespace_uri, std::string_view value, bool service) {
  const std::uint32_t made = add(intern("@" + std::string(written), namespace_uri), tree_.elements_[open_.back().element].line);
  MessageTree::Element& element = tree_.elements_[made];
  element.attribute = true;
  element.service = service;
  element.text_begin = static_cast<std::uint32_t>(tree_.attribute_text_.size());
  tree_.attribute_text_ += value;
  element.text_end = static_cast<std::uint32_t>(tree_.attribute_text_.size());
}

void MessageTreeBuilder::close() {
  tree_.elements_[open_.back().element].text_end = static_cast<std::uint32_t>(tree_.text_.size());
  open_.pop_back();
}

}  // namespace greenlane::document
