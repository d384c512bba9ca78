// A message as a tree of named elements with their texts and places, whatever it was written in: XML or EDIFACT.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace greenlane::document {

/// One message. Elements are numbered in document order, the root (the record) is 0. Immutable once it is built; any thread.
class MessageTree {
 public:
  static constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);
  enum class Syntax : unsigned char { xml, edifact };

  struct Name {
    std::string written;        ///< as the message has it: "ie:CC315A", "@currencyID"
    std::string local;          ///< without prefix: "CC315A", "@currencyID"
    std::string namespace_uri;  ///< "" for none
  };

  struct Element {
    std::uint32_t name = 0;
    std::uint32_t parent = none;
    std::uint32_t first_child = none;  ///< attributes come first
    std::uint32_t next = none;         ///< sibling
    std::uint32_t position = 1;        ///< 1-based: among siblings of the same name; of a segment: in its message, UNH being 1
    std::uint32_t text_begin = 0;      ///< the text within, of elements below too
    std::uint32_t text_end = 0;
    std::uint32_t line = 0;  ///< 1-based; 0 = unknown
    bool attribute = false;
    bool service = false;  ///< belongs to the syntax and not to the message's content: UNH, UNT, namespace declarations
  };

  Syntax syntax() const noexcept { return syntax_; }
  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(elements_.size()); }
  const Element& operator[](std::uint32_t element) const noexcept { return elements_[element]; }
  const Name& name(std::uint32_t element) const noexcept { return names_[elements_[element].name]; }
  std::string_view text(std::uint32_t element) const noexcept;
  /// Where the element is: XML: an XPath from the document's root with an index at each step,
  /// "/ie:CC315A[1]/GOOITEGDS[2]/@unit"; EDIFACT: "LOC[5]/2.1", the segment being the fifth of its message.
  std::string place(std::uint32_t element) const;

 private:
  friend class MessageTreeBuilder;
  Syntax syntax_ = Syntax::xml;
  std::vector<Name> names_;
  std::vector<Element> elements_;
  std::string text_;
  std::string attribute_text_;
  std::string above_;  ///< place of the element that holds the record; "" where that is the document itself
};

/// Builds a tree in document order. One thread.
class MessageTreeBuilder {
 public:
  explicit MessageTreeBuilder(MessageTree::Syntax syntax, std::string above = {});

  /// Opens a child of the element that is open. `position`: 0 = counted among the siblings of the same name.
  std::uint32_t open(std::string_view written, std::string_view namespace_uri, std::uint32_t line, std::uint32_t position = 0);
  void attribute(std::string_view written, std::string_view namespace_uri, std::string_view value, bool service = false);
  void append_text(std::string_view text) { tree_.text_ += text; }
  void mark_service() { tree_.elements_[open_.back().element].service = true; }
  void close();

  std::size_t depth() const noexcept { return open_.size(); }
  std::size_t elements() const noexcept { return tree_.elements_.size(); }
  /// Of all texts so far.
  std::size_t bytes() const noexcept { return tree_.text_.size() + tree_.attribute_text_.size(); }
  /// REQUIRES: every element is closed.
  MessageTree take() { return std::move(tree_); }

 private:
  struct Open {
    std::uint32_t element;
    std::uint32_t last_child = MessageTree::none;
    std::vector<std::uint32_t> counts = {};  ///< by name: children so far
  };

  std::uint32_t intern(std::string_view written, std::string_view namespace_uri);
  std::uint32_t add(std::uint32_t name, std::uint32_t line);

  MessageTree tree_;
  std::unordered_map<std::string, std::uint32_t> names_;  ///< by what is written, U+0000 and the namespace
  std::vector<Open> open_;
};

}  // namespace greenlane::document
