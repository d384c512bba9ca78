#include "document/tape_walk.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>

#include "base/utf8.h"

namespace greenlane::document {
namespace {

constexpr std::int64_t max_integer = (std::int64_t{1} << 53) - 1;
constexpr std::size_t words_of_members = ReadingPlan::most_members / 64;

constexpr bool has(const ValuePlan& plan, json::Kind kind) noexcept { return (plan.kinds & kind_bit(kind)) != 0; }

/// Copies whole blocks: reads and writes up to 31 bytes more than it has to.
char* copy(const char* from, std::size_t size, char* out) noexcept {
  static_assert(Tape::padding >= 32 && ReadingPlan::padding >= 32);
  for (std::size_t i = 0; i < size; i += 32) std::memcpy(out + i, from + i, 32);
  return out + size;
}

/// A word of the language; its size is known when this is compiled.
template <std::size_t n>
char* copy_word(const char (&word)[n], char* out) noexcept {
  std::memcpy(out, word, n - 1);
  return out + n - 1;
}

bool needs_escapes(std::string_view text) noexcept {
  bool found = false;
  for (const char c : text) found |= static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
  return found;
}

/// What few schemas ask of text.
bool is_wanted(const ValuePlan& plan, std::string_view text) {
  const SchemaNode& schema = *plan.schema;
  const auto same = [&](const json::Value& value) { return value.string() == text; };
  if (schema.values && std::none_of(schema.values->begin(), schema.values->end(), same)) return false;
  if (schema.min_length && utf8::count(text) < *schema.min_length) return false;
  return plan.matcher != nullptr || schema.pattern == nullptr || RE2::PartialMatch(text, *schema.pattern);
}

/// Whether `text` is of the format; its typed value goes into `node` where there is one.
bool take_format(Format format, std::string_view text, Node* node) noexcept {
  switch (format) {
    case Format::decimal: {
      const auto value = Decimal::parse(text);
      if (value && node != nullptr) node->decimal = *value;
      return value.has_value();
    }
    case Format::date: {
      const auto value = Date::parse(text);
      if (value && node != nullptr) node->date = *value;
      return value.has_value();
    }
    case Format::date_time: {
      const auto value = parse_timestamp(text);
      if (value && node != nullptr) {
        node->seconds = value->seconds;
        node->nanos = value->nanos;
      }
      return value.has_value();
    }
    default:
      return follows(format, text);
  }
}

}  // namespace

TapeWalk::TapeWalk(const ReadingPlan& plan, const Projection& projection, const json::Limits& limits)
    : plan_(plan), projection_(projection), limits_(limits), places_(plan.most_open()) {}

char* TapeWalk::run(const Tape& tape, char* out, Arena& arena, std::deque<json::Value>& values, const Node*& root) {
  tape_ = tape;
  arena_ = &arena;
  values_ = &values;
  depth_ = open_ = 0;
  others_.clear();
  Node* const node = new_node(*plan_.root().field, nullptr, 0);
  root = node;
  // The first word is the frame of the whole.
  return value(plan_.root(), 1, node, out);
}

std::size_t TapeWalk::behind(std::size_t at) const noexcept {
  const char kind = tag(at);
  if (kind == '"') return at + 1;
  if (kind == '{' || kind == '[') return static_cast<std::uint32_t>(tape_.words[at]);
  return kind == 'l' || kind == 'u' || kind == 'd' ? at + 2 : at + 1;
}

std::string_view TapeWalk::string_at(std::size_t at) const noexcept {
  const char* const begin = tape_.strings + (tape_.words[at] & 0x00FF'FFFF'FFFF'FFFF);
  std::uint32_t size = 0;
  std::memcpy(&size, begin, sizeof size);
  return {begin + sizeof size, size};
}

std::int64_t TapeWalk::integer_at(std::size_t at) const noexcept {
  return static_cast<std::int64_t>(tape_.words[at + 1]);
}

inline Node* TapeWalk::new_node(const Field& field, const Node* parent, std::size_t index) {
  Node& node = arena_->make<Node>(1).front();
  node.field = &field;
  node.parent = parent;
  node.index = static_cast<std::uint32_t>(index);
  return &node;
}

char* TapeWalk::value(const ValuePlan& plan, std::size_t at, Node* node, char* out) {
  switch (tag(at)) {
    case '"':
      if (!has(plan, json::Kind::string)) return nullptr;
      out = text(plan, string_at(at), node, out);
      break;
    case 'n':
      if (!has(plan, json::Kind::null)) return nullptr;
      out = copy_word("null", out);
      break;
    case 't':
    case 'f':
      if (!has(plan, json::Kind::boolean)) return nullptr;
      if (node != nullptr) node->kind = json::Kind::boolean;
      if (node != nullptr) node->integer = tag(at) == 't' ? 1 : 0;
      out = tag(at) == 't' ? copy_word("true", out) : copy_word("false", out);
      break;
    case 'l':
      out = integer(plan, integer_at(at), node, out);
      break;
    case '{':
      if (!has(plan, json::Kind::object)) return nullptr;
      if (node != nullptr) node->kind = json::Kind::object;
      if (plan.object == nullptr && !plan.free) return nullptr;
      out = plan.free ? free_value(at, out) : object(plan, at, node, out);
      break;
    case '[':
      if (!has(plan, json::Kind::array)) return nullptr;
      if (node != nullptr) node->kind = json::Kind::array;
      if (plan.element == nullptr && !plan.free) return nullptr;
      out = plan.free ? free_value(at, out) : array(plan, at, node, out);
      break;
    default:
      return nullptr;
  }
  if (plan.free && node != nullptr && out != nullptr) node->json = &values_->emplace_back(tree(at));
  return out;
}

char* TapeWalk::text(const ValuePlan& plan, std::string_view text, Node* node, char* out) {
  if (plan.matcher != nullptr && !plan.matcher->matches(text)) return nullptr;
  if (plan.format != Format::none && !take_format(plan.format, text, node)) return nullptr;
  if (text.size() > plan.max_bytes && utf8::count(text) > plan.max_bytes) return nullptr;
  if (plan.more && !is_wanted(plan, text)) return nullptr;
  if (node != nullptr) {
    node->kind = json::Kind::string;
    node->text = text;
  }
  return quoted(text, out);
}

char* TapeWalk::integer(const ValuePlan& plan, std::int64_t value, Node* node, char* out) {
  if (!has(plan, json::Kind::integer) || value > max_integer || value < -max_integer) return nullptr;
  const auto number = static_cast<double>(value);
  const SchemaNode& schema = *plan.schema;
  if ((schema.minimum && number < *schema.minimum) || (schema.maximum && number > *schema.maximum)) return nullptr;
  if (node != nullptr) {
    node->kind = json::Kind::integer;
    node->integer = value;
  }
  return std::to_chars(out, out + 20, value).ptr;
}

char* TapeWalk::array(const ValuePlan& plan, std::size_t at, Node* node, char* out) {
  const std::size_t count = tape_.words[at] >> 32 & 0xFF'FFFF;
  const SchemaNode& schema = *plan.schema;
  if (++depth_ > limits_.depth || count > limits_.elements) return nullptr;
  if ((schema.min_items && count < *schema.min_items) || (schema.max_items && count > *schema.max_items)) return nullptr;
  const ValuePlan& element = *plan.element;
  if (node != nullptr && !projection_.holds(*element.field)) node = nullptr;
  const auto children = node == nullptr ? std::span<const Node*>() : arena_->make<const Node*>(count);
  *out++ = '[';
  std::size_t place = at + 1;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) *out++ = ',';
    Node* const child = node == nullptr ? nullptr : new_node(*element.field, node, i);
    if (child != nullptr) children[i] = child;
    out = value(element, place, child, out);
    if (out == nullptr) return nullptr;
    place = behind(place);
  }
  if (node != nullptr) node->children = children;
  --depth_;
  *out++ = ']';
  return out;
}

char* TapeWalk::object(const ValuePlan& plan, std::size_t at, Node* node, char* out) {
  if (++depth_ > limits_.depth) return nullptr;
  const ObjectPlan& object = *plan.object;
  const std::size_t first_other = others_.size();
  std::size_t* const places = places_.data() + open_;
  std::array<std::uint64_t, words_of_members> present{};
  if (!collect(object, at, places, present.data()) || !sort_others(first_other)) return nullptr;
  for (std::size_t word = 0; word < object.words; ++word) {
    if ((object.required[word] & ~present[word]) != 0) return nullptr;
  }
  open_ += object.members.size();
  *out++ = '{';
  out = members(object, places, present.data(), first_other, node, out);
  if (out == nullptr) return nullptr;
  open_ -= object.members.size();
  others_.resize(first_other);
  --depth_;
  *out++ = '}';
  return out;
}

bool TapeWalk::collect(const ObjectPlan& plan, std::size_t at, std::size_t* places, std::uint64_t* present) {
  std::size_t count = 0;
  for (std::size_t key_at = at + 1; tag(key_at) == '"'; key_at = behind(key_at + 1)) {
    ++count;
    const std::string_view key = string_at(key_at);
    const std::uint32_t rank = plan.keys.find(key.data(), key.size());
    if (rank == KeyTable::none) {
      if (plan.others == ObjectPlan::Others::undecided || !key.starts_with(plan.prefix)) return false;
      others_.push_back({key, key_at + 1});
      continue;
    }
    const std::uint64_t bit = std::uint64_t{1} << (rank % 64);
    if ((present[rank / 64] & bit) != 0) return false;
    present[rank / 64] |= bit;
    places[rank] = key_at + 1;
  }
  return count <= limits_.keys;
}

/// Writes the members that have fields by rank, and the others where their keys belong among them.
char* TapeWalk::members(const ObjectPlan& plan, const std::size_t* places, const std::uint64_t* present,
                        std::size_t first_other, Node* node, char* out) {
  const auto children =
      node == nullptr ? std::span<const Node*>() : arena_->make<const Node*>(plan.members.size());
  const std::size_t last_other = others_.size();
  std::size_t next_other = first_other;
  bool first = true;
  const MemberPlan* const plans = plan.members.data();
  for (std::size_t word = 0; word < plan.words; ++word) {
    for (std::uint64_t bits = present[word]; bits != 0; bits &= bits - 1) {
      const std::size_t rank = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
      const MemberPlan& member = plans[rank];
      for (; next_other < last_other && json::canonical_less(others_[next_other].key, member.value.field->name);
           ++next_other) {
        out = other(others_[next_other], first, out);
        if (out == nullptr) return nullptr;
        first = false;
      }
      if (!first) *out++ = ',';
      first = false;
      out = copy(plan.written.data() + member.begin, member.size, out);
      Node* child = nullptr;
      if (node != nullptr && projection_.holds(member.number)) {
        child = new_node(*member.value.field, node, 0);
        children[member.slot] = child;
      }
      out = value(member.value, places[rank], child, out);
      if (out == nullptr) return nullptr;
    }
  }
  for (; next_other < last_other; ++next_other) {
    out = other(others_[next_other], first, out);
    if (out == nullptr) return nullptr;
    first = false;
  }
  if (node != nullptr) node->children = children;
  return out;
}

/// False where two of the members from `first` on have the same key.
bool TapeWalk::sort_others(std::size_t first) {
  const auto begin = others_.begin() + static_cast<std::ptrdiff_t>(first);
  if (others_.end() - begin < 2) return true;
  std::sort(begin, others_.end(), [](const Member& a, const Member& b) { return json::canonical_less(a.key, b.key); });
  const auto same = [](const Member& a, const Member& b) { return a.key == b.key; };
  return std::adjacent_find(begin, others_.end(), same) == others_.end();
}

char* TapeWalk::other(const Member& member, bool first, char* out) {
  const std::size_t at = member.at;
  if (!first) *out++ = ',';
  out = quoted(member.key, out);
  if (out == nullptr) return nullptr;
  *out++ = ':';
  return free_value(at, out);
}

char* TapeWalk::free_value(std::size_t at, char* out) {
  switch (tag(at)) {
    case '"':
      return quoted(string_at(at), out);
    case 'n':
      return copy_word("null", out);
    case 't':
      return copy_word("true", out);
    case 'f':
      return copy_word("false", out);
    case 'l': {
      const std::int64_t value = integer_at(at);
      if (value > max_integer || value < -max_integer) return nullptr;
      return std::to_chars(out, out + 20, value).ptr;
    }
    case '{':
      return free_object(at, out);
    case '[':
      break;
    default:
      return nullptr;
  }
  const std::size_t count = tape_.words[at] >> 32 & 0xFF'FFFF;
  if (++depth_ > limits_.depth || count > limits_.elements) return nullptr;
  *out++ = '[';
  for (std::size_t i = 0, place = at + 1; i < count; ++i, place = behind(place)) {
    if (i > 0) *out++ = ',';
    out = free_value(place, out);
    if (out == nullptr) return nullptr;
  }
  --depth_;
  *out++ = ']';
  return out;
}

char* TapeWalk::free_object(std::size_t at, char* out) {
  const std::size_t first = others_.size();
  for (std::size_t key_at = at + 1; tag(key_at) == '"'; key_at = behind(key_at + 1)) {
    others_.push_back({string_at(key_at), key_at + 1});
  }
  const std::size_t last = others_.size();
  if (++depth_ > limits_.depth || last - first > limits_.keys || !sort_others(first)) return nullptr;
  *out++ = '{';
  for (std::size_t i = first; i < last; ++i) {
    out = other(others_[i], i == first, out);
    if (out == nullptr) return nullptr;
  }
  others_.resize(first);
  --depth_;
  *out++ = '}';
  return out;
}

/// Null for a string with U+0000, which no document may hold.
char* TapeWalk::quoted(std::string_view text, char* out) {
  if (!tape_.escapes || !needs_escapes(text)) {
    *out++ = '"';
    out = copy(text.data(), text.size(), out);
    *out++ = '"';
    return out;
  }
  if (text.find('\0') != std::string_view::npos) return nullptr;
  quoted_.clear();
  json::append_quoted(quoted_, text);
  return std::copy(quoted_.begin(), quoted_.end(), out);
}

json::Value TapeWalk::tree(std::size_t at) const {
  switch (tag(at)) {
    case '"':
      return string_at(at);
    case 't':
    case 'f':
      return tag(at) == 't';
    case 'l':
      return integer_at(at);
    case '{': {
      json::Object object;
      for (std::size_t key_at = at + 1; tag(key_at) == '"'; key_at = behind(key_at + 1)) {
        object.push_back({std::string(string_at(key_at)), tree(key_at + 1)});
      }
      return object;
    }
    case '[': {
      json::Array array;
      for (std::size_t place = at + 1; tag(place) != ']'; place = behind(place)) array.push_back(tree(place));
      return array;
    }
    default:
      return {};
  }
}

}  // namespace greenlane::document
