// Compares the two ways into a document: BulkReader against Document::parse and json::canonical.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/json.h"
#include "document/bulk_reader.h"
#include "document/document.h"

namespace greenlane::test {

/// All that nodes say, a line a node.
inline void describe(const document::Node& node, std::string& out) {
  out += document::pointer(node) + " " + std::to_string(static_cast<int>(node.kind)) + " " + std::to_string(node.index);
  const bool group = node.kind == json::Kind::array || node.kind == json::Kind::object;
  if (node.json != nullptr || !group) document::append_json(out += " ", node);
  out += " " + std::string(node.text) + " " + std::to_string(node.integer) + " " + node.decimal.to_string();
  out += " " + node.date.to_string() + " " + std::to_string(node.seconds) + " " + std::to_string(node.nanos);
  out += " " + std::to_string(node.children.size()) + "\n";
  for (const document::Node* child : node.children) {
    if (child != nullptr && child->parent == &node) describe(*child, out);
  }
}

/// What reading came to: the error with all its parts, or identity, canonical form, values and tree.
inline std::string outcome(const Error& error) {
  return "refused " + std::string(to_string(error.code)) + " " + error.to_text();
}

inline std::string outcome(const document::Document& document) {
  std::string buffer;
  std::string out = "read " + std::string(document.id()) + " ";
  if (const auto date = document.as_of()) out += date->to_string();
  out += "\n" + std::string(document.canonical(buffer)) + "\n";
  describe(document.root(), out);
  return out + json::compact(document.json());
}

/// Both lanes with everything in the projection, and a third with nothing in it that was not asked for.
class BothLanes {
 public:
  explicit BothLanes(std::shared_ptr<const document::FieldTable> table, const json::Limits& limits = {})
      : BothLanes(table, table, limits) {}
  /// With a table of its own for the fast lane, to prove that a difference is seen.
  BothLanes(std::shared_ptr<const document::FieldTable> table, std::shared_ptr<const document::FieldTable> fast,
            const json::Limits& limits = {})
      : table_(std::move(table)),
        limits_(limits),
        all_(fast, everything(*fast), limits),
        few_(fast, document::Projection(*fast), limits) {}

  /// "" where the lanes agree on `text`, or what each of them says.
  std::string difference(std::string_view text) {
    const auto slow = document::Document::parse(table_, text, limits_);
    const std::string expected = slow.ok() ? outcome(**slow) : outcome(slow.error());
    const auto fast = all_.read(text);
    const std::string got = fast.ok() ? outcome(**fast) : outcome(fast.error());
    if (got != expected) return "expected: " + expected + "\ngot:      " + got;
    const auto brief = few_.read(text);
    if (brief.ok() != slow.ok() || few_.was_fast() != all_.was_fast()) return "the projection changes the verdict";
    if (!brief.ok()) return outcome(brief.error()) == expected ? "" : "the projection changes the error";
    std::string one, other;
    if ((*brief)->canonical(one) != (*slow)->canonical(other)) return "the projection changes the canonical form";
    if ((*brief)->id() != (*slow)->id() || (*brief)->as_of() != (*slow)->as_of()) return "the projection loses identity";
    return "";
  }

  bool was_fast() const noexcept { return all_.was_fast(); }

 private:
  static document::Projection everything(const document::FieldTable& table) {
    document::Projection all(table);
    all.add_all(table.root());
    return all;
  }

  std::shared_ptr<const document::FieldTable> table_;
  json::Limits limits_;
  document::BulkReader all_;
  document::BulkReader few_;
};

}  // namespace greenlane::test
