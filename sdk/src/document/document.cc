#include "document/document.h"

#include <utility>

#include "document/binder.h"
#include "document/compiled_schema.h"
#include "document/message_origin.h"

namespace greenlane::document {
namespace {

/// The text before the first dot or slash; takes it and the separator from `path`.
std::string_view take_token(std::string_view& path, char separator) noexcept {
  const std::size_t end = path.find(separator);
  const std::string_view token = path.substr(0, end);
  path = end == std::string_view::npos ? std::string_view() : path.substr(end + 1);
  return token;
}

std::optional<std::size_t> array_index(std::string_view token) noexcept {
  if (token.empty() || token.size() > 9 || (token.size() > 1 && token[0] == '0')) return std::nullopt;
  std::size_t index = 0;
  for (const char c : token) {
    if (c < '0' || c > '9') return std::nullopt;
    index = index * 10 + static_cast<std::size_t>(c - '0');
  }
  return index;
}

std::string unescaped(std::string_view token) {
  std::string text;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool escape =
        token[i] == '~' && i + 1 < token.size() && (token[i + 1] == '0' || token[i + 1] == '1');
    text += !escape ? token[i] : token[++i] == '0' ? '~' : '/';
  }
  return text;
}

}  // namespace

Document::Document(std::shared_ptr<const FieldTable> table) : table_(std::move(table)) {}
Document::~Document() = default;

void Document::set_origin(std::unique_ptr<const MessageOrigin> origin) { origin_ = std::move(origin); }

Result<std::unique_ptr<Document>> Document::parse(std::shared_ptr<const FieldTable> table,
                                                  std::string_view text, const json::Limits& limits) {
  auto tree = json::parse(text, limits);
  if (!tree) return std::move(tree).error();
  return from_json(std::move(table), *std::move(tree));
}

Result<std::unique_ptr<Document>> Document::from_json(std::shared_ptr<const FieldTable> table,
                                                      json::Value tree) {
  if (auto checked = table->compiled_schema().check(tree); !checked) return std::move(checked).error();
  std::unique_ptr<Document> document(new Document(std::move(table)));
  document->tree_ = std::move(tree);
  document->root_ = Binder(document->arena_).bind(document->table_->root(), *document->tree_);
  return document;
}

const json::Value& Document::json() const {
  if (!tree_) tree_ = json::parse(text_, limits_).value();
  return *tree_;
}

std::string_view Document::canonical(std::string& buffer) const {
  if (!canonical_.empty()) return canonical_;
  buffer = json::canonical(json());
  return buffer;
}

std::string_view Document::id() const noexcept {
  for (const std::string& path : table_->id_paths()) {
    const Node* node = find(path);
    if (node != nullptr && node->kind == json::Kind::string) return node->text;
  }
  return {};
}

std::optional<Date> Document::as_of() const noexcept {
  for (const std::string& path : table_->as_of_paths()) {
    const Node* node = find(path);
    if (node == nullptr || node->kind != json::Kind::string) continue;
    // A time counts as the day that was written for it, in its own offset.
    return Date::parse(node->text.substr(0, 10));
  }
  return std::nullopt;
}

const Node* Document::find(std::string_view path) const noexcept {
  const Node* node = root_;
  while (node != nullptr && !path.empty()) {
    const Field* member = node->field->member(take_token(path, '.'));
    node = member == nullptr ? nullptr : node->child(member->slot);
  }
  return node;
}

const Node* Document::at_pointer(std::string_view pointer) const noexcept {
  if (pointer.empty()) return root_;
  if (pointer.front() != '/') return nullptr;
  const Node* node = root_;
  bool more = true;
  for (pointer.remove_prefix(1); node != nullptr && more;) {
    more = pointer.find('/') != std::string_view::npos;
    const std::string_view token = take_token(pointer, '/');
    if (node->field->kind == FieldKind::array) {
      const auto index = array_index(token);
      node = index && *index < node->children.size() ? node->children[*index] : nullptr;
      continue;
    }
    const Field* member = node->field->member(unescaped(token));
    node = member == nullptr ? nullptr : node->child(member->slot);
  }
  return node;
}

void append_json(std::string& out, const Node& node) {
  if (node.json != nullptr) {
    out += json::compact(*node.json);
  } else if (node.kind == json::Kind::string) {
    json::append_quoted(out, node.text);
  } else if (node.kind == json::Kind::integer) {
    out += std::to_string(node.integer);
  } else if (node.kind == json::Kind::boolean) {
    out += node.integer != 0 ? "true" : "false";
  } else {
    out += "null";
  }
}

}  // namespace greenlane::document
