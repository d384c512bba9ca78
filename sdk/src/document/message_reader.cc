#include "document/message_reader.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "document/document.h"
#include "document/formats.h"
#include "document/message_origin.h"
#include "document/xml_source.h"

namespace greenlane::document {
namespace {

using Elements = std::vector<std::uint32_t>;

/// What a message calls the place of an element.
Error element_error(const MessageTree& tree, std::uint32_t element, const std::string& message) {
  Error error = make_error(ErrorCode::invalid_message, tree.place(element) + ": " + message);
  error.line = tree[element].line;
  return error;
}

/// Reads one message. The groups of the mapping go through the elements of the tree together.
class MessageMapper {
 public:
  MessageMapper(const Mapping& mapping, std::shared_ptr<const MessageTree> tree)
      : mapping_(mapping), tree_(*tree), builder_(mapping.slots()), origin_(std::make_unique<MessageOrigin>(std::move(tree))) {}

  Result<void> run() { return read_group(mapping_.root(), 0); }

  json::Value take() { return builder_.take(mapping_.table()->format()); }
  std::unique_ptr<MessageOrigin> take_origin() { return std::move(origin_); }

 private:
  Elements find(const MessagePath& path, std::uint32_t element) {
    Elements found;
    Elements looked_at;
    path.find(tree_, element, found, looked_at);
    for (const std::uint32_t at : looked_at) origin_->mark_read(at);
    return found;
  }

  Elements find(const std::vector<MessagePath>& paths, std::uint32_t element) {
    Elements all;
    for (const MessagePath& path : paths) {
      const Elements found = find(path, element);
      all.insert(all.end(), found.begin(), found.end());
    }
    return all;
  }

  Result<void> read_group(const MappedGroup& group, std::uint32_t element) {
    for (const MappedField& field : group.fields) {
      if (auto read = read_field(field, element); !read) return read;
    }
    for (const MappedGroup& inner : group.groups) {
      if (auto read = read_inner(inner, element); !read) return read;
    }
    for (const MappedConstant& constant : group.constants) {
      if (!builder_.is_open(constant.slots)) continue;
      std::string pointer;
      builder_.set(constant.target, constant.slots, constant.value, &pointer);
      origin_->note(std::move(pointer), element);
    }
    for (const std::uint32_t at : find(group.ignored, element)) origin_->mark_ignored(at);
    return {};
  }

  Result<void> read_inner(const MappedGroup& group, std::uint32_t element) {
    const Elements found = find(group.paths, element);
    const bool many = group.renewed != SlotPlan::no_slot;
    if (found.empty()) {
      if (group.none_if_missing) missing(group, many);
      return {};
    }
    const bool own = !group.slots.empty();
    if (own && !many && found.size() > 1) return repeated(found);
    for (const std::uint32_t each : found) {
      if (many) builder_.begin(group.renewed);
      if (own) {
        std::string pointer;
        builder_.make(group.target, group.slots, &pointer);
        origin_->note(std::move(pointer), each);
      }
      if (auto read = read_group(group, each); !read) return read;
    }
    return {};
  }

  void missing(const MappedGroup& group, bool many) {
    if (many) {
      builder_.make_empty_array(group.target, group.slots);
    } else {
      builder_.set(group.target, group.slots, json::Value());
    }
  }

  Result<void> read_field(const MappedField& field, std::uint32_t element) {
    Elements found;
    bool once = true;
    for (const MessagePath& path : field.paths) {
      const Elements by_path = find(path, element);
      once = once && by_path.size() <= 1;
      found.insert(found.end(), by_path.begin(), by_path.end());
    }
    if (found.empty()) {
      if (field.none_if_missing) builder_.set(field.target, field.slots, json::Value());
      return {};
    }
    const bool many = field.renewed != SlotPlan::no_slot;
    if (!many && found.size() > 1 && !(once && agree(found))) return repeated(found);
    for (const std::uint32_t each : found) {
      origin_->mark_read(each);
      if (!many && each != found.front()) continue;
      if (many) builder_.begin(field.renewed);
      if (auto set = set_field(field, element, each); !set) return set;
    }
    return {};
  }

  /// Whether elements that stand for the same say the same.
  bool agree(const Elements& found) const {
    const std::string_view first = text::trim(tree_.text(found.front()));
    return std::all_of(found.begin(), found.end(), [&](std::uint32_t each) { return text::trim(tree_.text(each)) == first; });
  }

  Result<void> set_field(const MappedField& field, std::uint32_t element, std::uint32_t from) {
    std::string form;
    if (field.form_path) {
      const Elements named = find(*field.form_path, element);
      if (!named.empty()) {
        origin_->mark_read(named.front());
        form = text::trim(tree_.text(named.front()));
      }
    }
    json::Value value;
    const auto outcome = field.converter.convert(tree_.text(from), value, form);
    if (outcome == CellConverter::Outcome::absent) return {};
    if (outcome == CellConverter::Outcome::wrong) {
      return element_error(tree_, from, "expected " + field.converter.expectation(form) + ", found " + in_quotes(tree_.text(from)));
    }
    std::string pointer;
    builder_.set(field.target, field.slots, std::move(value), &pointer);
    origin_->note(std::move(pointer), from);
    return {};
  }

  Result<void> repeated(const Elements& found) const {
    return element_error(tree_, found[1], "the mapping reads one such element here, and another stands in line " + std::to_string(tree_[found[0]].line));
  }

  const Mapping& mapping_;
  const MessageTree& tree_;
  TreeBuilder builder_;
  std::unique_ptr<MessageOrigin> origin_;
};

}  // namespace

Result<std::unique_ptr<Document>> MessageReader::read(const Record& record) const {
  if (record.error) return *record.error;
  if (record.message == nullptr) return make_error(ErrorCode::internal, "a record of messages without a message");
  MessageMapper mapper(*mapping_, record.message);
  if (auto mapped = mapper.run(); !mapped) return std::move(mapped).error();
  auto document = Document::from_json(mapping_->table(), mapper.take());
  auto origin = mapper.take_origin();
  if (document) {
    (*document)->set_origin(std::move(origin));
    return document;
  }
  const Error& fault = document.error();
  Error error = element_error(*record.message, origin->element(fault.pointer), fault.message);
  error.pointer = fault.pointer;
  return error;
}

/// Messages have no fast lane: each document is a tree of its own.
class MessageReader::Parser final : public RecordParser {
 public:
  explicit Parser(std::shared_ptr<const MessageReader> reader) : reader_(std::move(reader)) {}

  Result<const Document*> read(const Record& record) override {
    auto document = reader_->read(record);
    if (!document) return std::move(document).error();
    document_ = *std::move(document);
    return document_.get();
  }

 private:
  std::shared_ptr<const MessageReader> reader_;
  std::unique_ptr<Document> document_;
};

std::unique_ptr<RecordParser> MessageReader::parser(const Projection&) const { return std::make_unique<Parser>(shared_from_this()); }

RecordStream open_xml(std::unique_ptr<ByteSource> bytes, std::shared_ptr<const Mapping> mapping) {
  auto source = std::make_unique<XmlSource>(std::move(bytes), mapping->xml().records);
  return {std::move(source), std::make_shared<MessageReader>(std::move(mapping))};
}

RecordStream open_edifact(std::unique_ptr<ByteSource> bytes, std::shared_ptr<const Mapping> mapping) {
  auto source = std::make_unique<EdifactSource>(std::move(bytes), mapping->edifact());
  return {std::move(source), std::make_shared<MessageReader>(std::move(mapping))};
}

}  // namespace greenlane::document
