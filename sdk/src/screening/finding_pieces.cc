#include "screening/finding_pieces.h"

#include <algorithm>

#include "base/json.h"
#include "screening/assessment_parts.h"
#include "screening/finding_builder.h"

namespace greenlane::screening {

using criteria::CompiledCriterion;
using criteria::PlacePath;
using document::FieldKind;
using document::Node;

FindingPieces::FindingPieces(const criteria::CompiledPack& pack) {
  for (const CompiledCriterion& criterion : pack.criteria()) {
    first_piece_.push_back(static_cast<std::uint32_t>(pieces_.size()));
    first_text_.push_back(static_cast<std::uint32_t>(texts_.size()));
    add_criterion(criterion);
  }
  first_piece_.push_back(static_cast<std::uint32_t>(pieces_.size()));
}

void FindingPieces::add_criterion(const CompiledCriterion& criterion) {
  const std::size_t pieces = pieces_.size();
  const std::size_t texts = texts_.size();
  std::string part;
  JsonWriter head(part);
  write_finding_head(head, criterion.source.info);
  add_text(part + R"(,"message":{"en":")");
  bool fixed = add_message(criterion.message_en, Kind::value_en);
  add_text(R"(","zh":")");
  fixed = add_message(criterion.message_zh, Kind::value_zh) && fixed;
  if (!fixed) {
    pieces_.resize(pieces);
    texts_.resize(texts);
    return;
  }
  part = "\"}";
  JsonWriter advice(part);
  write_finding_advice(advice, criterion.source.info);
  advice.begin_array("at");
  add_text(part);
  for (const PlacePath& path : criterion.at) {
    add_text(&path == &criterion.at.front() ? R"({"pointer":")" : R"(,{"pointer":")");
    add_place(path);
  }
  add_text("]");
}

/// False for messages that may come out empty or too long, or with what only the evaluator can show.
bool FindingPieces::add_message(const criteria::MessageTemplate& message, Kind kind) {
  std::size_t bytes = 0;
  for (const std::string& text : message.texts) bytes += text.size();
  if (bytes == 0 || bytes + message.values.size() * max_value_bytes > max_message_bytes) return false;
  for (std::size_t i = 0; i < message.texts.size(); ++i) {
    std::string quoted;
    json::append_quoted(quoted, message.texts[i]);
    add_text(std::string_view(quoted).substr(1, quoted.size() - 2));
    if (i == message.values.size()) break;
    if (!message.values[i].field) return false;
    pieces_.push_back({kind, field(*message.values[i].field), 0});
  }
  return true;
}

void FindingPieces::add_place(const PlacePath& path) {
  add_numbered(path.pointer, Kind::position);
  if (!path.wco.empty()) {
    add_text(R"(","wco":")");
    add_numbered(path.wco, Kind::position_from_one);
  }
  add_text("\"");
  pieces_.push_back({Kind::declared, field(path), 0});
  add_text("}");
}

void FindingPieces::add_numbered(const criteria::NumberedText& text, Kind kind) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > 0) pieces_.push_back({kind, static_cast<std::uint32_t>(criteria::first_element_variable + i - 1), 0});
    add_text(text[i]);
  }
}

void FindingPieces::add_text(std::string_view text) {
  texts_ += text;
  const bool goes_on = pieces_.size() > first_piece_.back() && pieces_.back().kind == Kind::text;
  if (!goes_on) pieces_.push_back({Kind::text, 0, 0});
  pieces_.back().size += static_cast<std::uint32_t>(text.size());
}

std::uint32_t FindingPieces::field(const PlacePath& path) {
  const auto same = [&](const PlacePath& other) { return other.variable == path.variable && other.members == path.members; };
  const auto found = std::find_if(fields_.begin(), fields_.end(), same);
  const auto index = static_cast<std::uint32_t>(found - fields_.begin());
  if (found == fields_.end()) fields_.push_back(path);
  return index;
}

bool FindingPieces::append(std::size_t criterion, const Element& element, std::string& out) const {
  const std::uint32_t end = first_piece_[criterion + 1];
  if (first_piece_[criterion] == end) return false;
  const std::size_t before = out.size();
  const char* text = texts_.data() + first_text_[criterion];
  for (std::uint32_t i = first_piece_[criterion]; i < end; ++i) {
    const Piece& piece = pieces_[i];
    if (piece.kind == Kind::text) {
      out.append(text, piece.size);
      text += piece.size;
    } else if (!append_piece(piece, element, out)) {
      out.resize(before);
      return false;
    }
  }
  return true;
}

bool FindingPieces::append_piece(const Piece& piece, const Element& element, std::string& out) const {
  if (piece.kind == Kind::position || piece.kind == Kind::position_from_one) {
    json::append_integer(out, std::int64_t{element.nodes[piece.index]->index} + (piece.kind == Kind::position ? 0 : 1));
    return true;
  }
  const PlacePath& path = fields_[piece.index];
  if (piece.kind != Kind::declared) return append_message_value(out, path, element, piece.kind == Kind::value_en ? "en" : "zh");
  const Node* node = path.find(element.nodes);
  if (node == nullptr || node->kind == json::Kind::array || node->kind == json::Kind::object) return true;
  out += R"(,"value":)";
  document::append_json(out, *node);
  return true;
}

}  // namespace greenlane::screening
