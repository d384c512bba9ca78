#include "document/row_text.h"

#include <algorithm>
#include <utility>

namespace greenlane::document {
namespace {

constexpr std::size_t nothing = static_cast<std::size_t>(-1);

std::string member_key(const std::string& key) {
  std::string text;
  json::append_quoted(text, key);
  return text + ':';
}

}  // namespace

/// Writes one row. Each part gives the lowest source that has set something in it, or `nothing`.
class RowText::Writer {
 public:
  Writer(const RowText& text, const Mapping& mapping, const Row& row, std::string& out)
      : text_(text), mapping_(mapping), row_(row), out_(out) {}

  bool run() {
    out_.clear();
    const std::string& format = mapping_.table()->format();
    write(text_.root_);
    if (format.empty()) return good_;
    const std::string member = "{\"format\":\"" + format + (out_.size() > 2 ? "\"," : "\"");
    out_.replace(0, 1, member);
    return good_;
  }

 private:
  std::size_t write(const Part& part) {
    const std::size_t begin = out_.size();
    out_ += part.key;
    std::size_t first = nothing;
    if (part.kind == Part::Kind::value) {
      first = write_value(part.source);
    } else {
      first = write_parts(part);
      const bool is_root = &part == &text_.root_;
      if (first == nothing && is_root) out_ += "{}";
    }
    // Constants do not make an element that fields make.
    if (part.by_field && first >= mapping_.fields().size()) first = nothing;
    if (first == nothing && begin != 0) out_.resize(begin);
    return first;
  }

  std::size_t write_parts(const Part& part) {
    const bool array = part.kind == Part::Kind::array;
    const std::size_t begin = out_.size();
    out_ += array ? '[' : '{';
    std::size_t first = nothing;
    std::size_t last = 0;
    for (const Part& child : part.parts) {
      const std::size_t before = out_.size();
      if (first != nothing) out_ += ',';
      const std::size_t set = write(child);
      if (set == nothing) {
        out_.resize(before);
        continue;
      }
      // An array's elements stand in the order in which they are set.
      if (array && first != nothing && set < last) good_ = false;
      last = set;
      first = std::min(first, set);
    }
    if (first == nothing) {
      out_.resize(begin);
    } else {
      out_ += array ? ']' : '}';
    }
    return first;
  }

  std::size_t write_value(std::size_t source) {
    if (source >= mapping_.fields().size()) {
      out_ += text_.constants_[source - mapping_.fields().size()];
      return source;
    }
    const auto outcome = mapping_.fields()[source].converter.convert(row_.cell(text_.columns_[source]), value_);
    if (outcome == CellConverter::Outcome::absent) return nothing;
    if (outcome == CellConverter::Outcome::wrong) {
      good_ = false;
      return nothing;
    }
    if (value_.is_string()) {
      json::append_quoted(out_, value_.string());
    } else {
      out_ += json::compact(value_);
    }
    return source;
  }

  const RowText& text_;
  const Mapping& mapping_;
  const Row& row_;
  std::string& out_;
  json::Value value_;
  bool good_ = true;
};

bool RowText::add(const Target& target, const std::vector<std::size_t>& slots, const SlotPlan& plan, std::size_t source) {
  Part* at = &root_;
  const auto child = [&](const std::string& key, std::size_t slot) {
    for (Part& part : at->parts) {
      if (part.key == key && part.slot == slot) return &part;
    }
    Part& made = at->parts.emplace_back();
    made.key = key;
    made.slot = slot;
    made.by_field = slot != SlotPlan::no_slot && plan.by_field(slot);
    return &made;
  };
  for (std::size_t i = 0; i < target.steps.size(); ++i) {
    at = child(member_key(target.steps[i].key), SlotPlan::no_slot);
    if (slots[i] == SlotPlan::no_slot) continue;
    at->kind = Part::Kind::array;
    at = child("", slots[i]);
  }
  if (at->kind != Part::Kind::object || !at->parts.empty()) return false;
  at->kind = Part::Kind::value;
  at->source = source;
  return true;
}

std::optional<RowText> RowText::make(const Mapping& mapping, std::vector<std::size_t> columns) {
  RowText made;
  made.columns_ = std::move(columns);
  std::size_t source = 0;
  for (const MappedField& field : mapping.fields()) {
    if (!made.add(field.target, field.slots, mapping.slots(), source++)) return std::nullopt;
  }
  for (const MappedConstant& constant : mapping.constants()) {
    if (!made.add(constant.target, constant.slots, mapping.slots(), source++)) return std::nullopt;
    made.constants_.push_back(json::compact(constant.value));
  }
  return made;
}

bool RowText::write(const Mapping& mapping, const Row& row, std::string& out) const { return Writer(*this, mapping, row, out).run(); }

}  // namespace greenlane::document
