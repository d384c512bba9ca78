#include "criteria/facts.h"

#include <algorithm>
#include <array>

namespace greenlane::criteria {
namespace {

using document::Field;
using document::FieldKind;
using document::Node;

constexpr std::size_t width_of(FactKind kind) noexcept {
  switch (kind) {
    case FactKind::prefixes:
      return FactLayout::longest_code + 1;
    case FactKind::codes:
    case FactKind::lists:
    case FactKind::prefix_lists:
      return 2;
    default:
      return 1;
  }
}

/// A field that was found, or why there is none.
struct Found {
  const Node* node = nullptr;
  bool is_none = false;  ///< it, or what it would be part of, is declared as none

  bool absent() const noexcept { return node == nullptr && !is_none; }
};

Found follow(const Node* node, const std::vector<const Field*>& members) noexcept {
  for (const Field* member : members) {
    if (node == nullptr) return {};
    if (node->is_null()) return {nullptr, true};
    node = node->child(member->slot);
  }
  if (node != nullptr && node->is_null()) return {nullptr, true};
  return {node, false};
}

std::uint64_t presence_of(const Found& found) noexcept {
  if (found.absent()) return Dictionary::absent;
  return found.is_none ? Dictionary::none : Dictionary::other;
}

std::uint64_t ordinal_word(const Found& found, std::int64_t value) noexcept {
  if (found.absent()) return static_cast<std::uint64_t>(Ordinal::absent);
  return static_cast<std::uint64_t>(found.is_none ? Ordinal::none : value);
}

void write_prefixes(const Found& found, std::uint64_t* words) noexcept {
  std::fill(words, words + FactLayout::longest_code + 1, 0);
  words[0] = presence_of(found);
  if (found.node == nullptr) return;
  std::uint64_t digits = 0;
  std::size_t length = 0;
  for (const char c : found.node->text) {
    digits = digits * 10 + static_cast<std::uint64_t>(c - '0');
    words[++length] = digits + 1;
  }
}

}  // namespace

bool FactSource::same_value(const FactSource& other) const noexcept {
  return kind == other.kind && variable == other.variable && members == other.members && key == other.key &&
         element_members == other.element_members && table == other.table && row_key == other.row_key &&
         row_days == other.row_days && row_day == other.row_day && code_fact == other.code_fact;
}

std::int64_t Ordinal::of(const Decimal& value) noexcept {
  bool exact = false;
  const auto floor = value.floor_scaled(places, exact);
  if (!floor || *floor >= most || *floor <= -most) return value.is_negative() ? -2 * most : 2 * most;
  return 2 * *floor + (exact ? 0 : 1);
}

std::optional<std::int64_t> Ordinal::threshold(const Decimal& value) noexcept {
  bool exact = false;
  const auto floor = value.floor_scaled(places, exact);
  if (!floor || !exact || *floor >= most / 2 || *floor <= -most / 2) return std::nullopt;
  return 2 * *floor;
}

std::uint32_t FactLayout::add(FactSource source) {
  // A fact that somebody compares with another is so for all.
  std::vector<Fact>& facts = source.variable < first_element_variable ? of_document_ : of_element_;
  for (Fact& fact : facts) {
    if (!fact.source.same_value(source)) continue;
    fact.source.compared = fact.source.compared || source.compared;
    return fact.word;
  }
  const std::uint32_t word = words_;
  words_ += static_cast<std::uint32_t>(width_of(source.kind));
  facts.push_back({std::move(source), word, {}, 0});
  return word;
}

std::optional<std::pair<std::uint32_t, std::uint64_t>> FactLayout::add_bits(std::uint32_t code_fact, const std::vector<std::uint64_t>& codes) {
  constexpr std::uint8_t most_bits = 62;
  for (std::vector<Fact>* facts : {&of_document_, &of_element_}) {
    const auto of_code = std::find_if(facts->begin(), facts->end(), [&](const Fact& fact) { return fact.word == code_fact; });
    if (of_code == facts->end()) continue;
    FactSource source;
    source.kind = FactKind::code_bits;
    source.variable = of_code->source.variable;
    source.code_fact = code_fact;
    const std::uint32_t word = add(std::move(source));
    Fact& made = *std::find_if(facts->begin(), facts->end(), [&](const Fact& fact) { return fact.word == word; });
    std::uint64_t mask = 0;
    for (const std::uint64_t code : codes) {
      if (code >= made.bit_of.size()) made.bit_of.resize(code + 1);
      if (made.bit_of[code] == 0) {
        if (made.bits == most_bits) return std::nullopt;
        made.bit_of[code] = ++made.bits;
      }
      mask |= std::uint64_t{1} << (made.bit_of[code] - 1);
    }
    return std::pair(word, mask);
  }
  return std::nullopt;
}

std::uint64_t FactReader::code_of(std::string_view text, const FactSource& source, Facts& facts) const {
  const std::uint32_t code = dictionary_.find(text);
  if (code != Dictionary::other || !source.compared) return code;
  const auto known = std::find(facts.others_.begin(), facts.others_.end(), text);
  const auto index = static_cast<std::uint64_t>(known - facts.others_.begin());
  if (known == facts.others_.end()) facts.others_.push_back(text);
  return (std::uint64_t{1} << 32) + index;
}

namespace {

/// Not to be told where the day or a part of the key is missing; no row where one is none.
std::uint64_t row_there(const FactSource& source, std::span<const Node* const> nodes, Date as_of) {
  std::array<Cell, Table::max_key> key;
  bool none = false;
  for (std::size_t i = 0; i < source.row_key.size(); ++i) {
    const Found found = follow(nodes[source.row_key[i].variable], source.row_key[i].members);
    if (found.absent()) return Dictionary::absent;
    none = none || found.is_none;
    if (found.node != nullptr) key[i] = found.node->text;
  }
  Date day = as_of;
  if (source.row_days == RowDays::given) {
    if (const auto* constant = std::get_if<Date>(&source.row_day)) {
      day = *constant;
    } else {
      const auto& path = std::get<FactPath>(source.row_day);
      const Found found = follow(nodes[path.variable], path.members);
      if (found.absent()) return Dictionary::absent;
      none = none || found.is_none;
      if (found.node != nullptr) day = found.node->date;
    }
  }
  if (none) return Dictionary::no;
  const auto cells = std::span(key).first(source.row_key.size());
  const std::size_t row = source.row_days == RowDays::ever ? source.table->find_ever(cells, day) : source.table->find(cells, day);
  return row == Table::no_row ? Dictionary::no : Dictionary::yes;
}

}  // namespace

/// A value that is no text equals no text; where there is nothing to look into, the evaluator has to say why.
std::uint64_t FactReader::free_code(const json::Value* value, const FactSource& source, Facts& facts) const {
  if (value == nullptr) return Dictionary::absent;
  if (value->is_null()) return Dictionary::none;
  return value->is_string() ? code_of(value->string(), source, facts) : std::uint64_t{Dictionary::other};
}

void FactReader::read_document(const Node& root, Date as_of, Facts& facts) const {
  facts.as_of_ = as_of;
  facts.words_.resize(layout_.words());
  facts.numbers_.clear();
  facts.others_.clear();
  for (const FactLayout::Fact& fact : layout_.of_document()) {
    if (fact.source.variable == as_of_variable) {
      facts.words_[fact.word] = static_cast<std::uint64_t>(std::int64_t{as_of.days_since_1970()});
    } else {
      const Node* const nodes[] = {&root, nullptr};
      read(fact, nodes, facts);
    }
  }
  facts.document_numbers_ = facts.numbers_.size();
  facts.document_others_ = facts.others_.size();
}

void FactReader::read_element(std::span<const Node* const> nodes, Facts& facts) const {
  facts.numbers_.resize(facts.document_numbers_);
  facts.others_.resize(facts.document_others_);
  for (const FactLayout::Fact& fact : layout_.of_element()) read(fact, nodes, facts);
}

void FactReader::read(const FactLayout::Fact& fact, std::span<const Node* const> nodes, Facts& facts) const {
  const FactSource& source = fact.source;
  if (source.kind == FactKind::row_there) {
    facts.words_[fact.word] = row_there(source, nodes, facts.as_of_);
    return;
  }
  if (source.kind == FactKind::code_bits) {
    const std::uint64_t code = facts.words_[source.code_fact];
    const std::uint8_t bit = code < fact.bit_of.size() ? fact.bit_of[code] : std::uint8_t{0};
    facts.words_[fact.word] = code == Dictionary::absent ? 0 : FactLayout::present | (bit == 0 ? 0 : std::uint64_t{1} << (bit - 1));
    return;
  }
  const Found found = follow(nodes[source.variable], source.members);
  std::uint64_t* words = &facts.words_[fact.word];
  switch (source.kind) {
    case FactKind::code:
      if (found.node != nullptr && found.node->field->kind == FieldKind::free) {
        words[0] = free_code(found.node->json->find(source.key), source, facts);
        return;
      }
      words[0] = found.node == nullptr ? presence_of(found) : code_of(found.node->text, source, facts);
      return;
    case FactKind::presence:
      words[0] = presence_of(found);
      return;
    case FactKind::truth:
      words[0] = found.node == nullptr ? presence_of(found) : (found.node->integer != 0 ? Dictionary::yes : Dictionary::no);
      return;
    case FactKind::amount:
      words[0] = ordinal_word(found, found.node == nullptr ? 0 : Ordinal::of(found.node->decimal));
      return;
    case FactKind::integer:
      words[0] = ordinal_word(found, found.node == nullptr ? 0 : found.node->integer);
      return;
    case FactKind::day:
      words[0] = ordinal_word(found, found.node == nullptr ? 0 : found.node->date.days_since_1970());
      return;
    case FactKind::prefixes:
      write_prefixes(found, words);
      return;
    case FactKind::codes:
      words[0] = found.absent() ? SetWord::missing : 0;
      words[1] = facts.numbers_.size();
      if (found.node != nullptr) read_set(fact, found.node, facts);
      return;
    case FactKind::lists:
      words[0] = found.absent() ? SetWord::missing : 0;
      words[1] = facts.numbers_.size();
      if (found.node != nullptr) read_lists(source, found.node, fact.word, facts);
      return;
    case FactKind::prefix_lists:
      words[0] = found.absent() ? SetWord::missing : 0;
      words[1] = facts.numbers_.size();
      if (found.node == nullptr) return;
      lists_.append_prefix_lists(found.node->text, facts.numbers_);
      words[0] = facts.numbers_.size() - words[1];
      return;
    case FactKind::code_bits:
    case FactKind::row_there:
      return;
  }
}

void FactReader::read_lists(const FactSource& source, const Node* node, std::uint32_t word, Facts& facts) const {
  std::string_view text = node->text;
  if (node->field->kind == FieldKind::free) {
    const json::Value* value = node->json->find(source.key);
    if (value == nullptr || !value->is_string()) {
      // Asking for what is no text is an error, for none it is not.
      facts.words_[word] = value != nullptr && value->is_null() ? 0 : SetWord::missing;
      return;
    }
    text = value->string();
  }
  const auto lists = lists_.lists_of(dictionary_.find(text));
  facts.numbers_.insert(facts.numbers_.end(), lists.begin(), lists.end());
  facts.words_[word] = lists.size();
}

void FactReader::read_set(const FactLayout::Fact& fact, const Node* array, Facts& facts) const {
  std::uint64_t missing = 0;
  const std::size_t before = facts.numbers_.size();
  for (const Node* element : array->children) {
    const Found found = follow(element, fact.source.element_members);
    if (found.absent()) {
      missing = SetWord::missing;
      continue;
    }
    const std::uint32_t code = found.is_none ? Dictionary::none : dictionary_.find(found.node->text);
    if (code != Dictionary::other) facts.numbers_.push_back(code);
  }
  facts.words_[fact.word] = missing | (facts.numbers_.size() - before);
}

}  // namespace greenlane::criteria
