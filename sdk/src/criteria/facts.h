// Facts: what conditions look at in one element of a document, as numbers that compare in one step.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "criteria/dictionary.h"
#include "criteria/list_membership.h"
#include "criteria/reference_list.h"
#include "document/document.h"
#include "greenlane/date.h"
#include "greenlane/decimal.h"

namespace greenlane::criteria {

/// Places of variables among the variables of every expression.
inline constexpr std::size_t declaration_variable = 0;
inline constexpr std::size_t as_of_variable = 1;
inline constexpr std::size_t first_element_variable = 2;
/// Arrays in arrays that a criterion may go over, and variables with these and a row.
inline constexpr std::size_t max_each_arrays = 5;
inline constexpr std::size_t max_variables = first_element_variable + max_each_arrays + 1;

/// How a field becomes numbers. A fact takes width_of(kind) words.
enum class FactKind : std::uint8_t {
  code,          ///< string or code: its number in the dictionary
  presence,      ///< of anything: absent, none or other
  truth,         ///< boolean: absent, none, no or yes
  amount,        ///< decimal, see Ordinal
  integer,       ///< as it is
  day,           ///< date: days since 1970-01-01
  prefixes,      ///< commodity code: state, then by length 2 to 12 the leading digits as a number + 1, 0 where there are fewer
  codes,         ///< a member of all elements of an array: a set
  lists,         ///< string or code: the lists that hold it, a set
  prefix_lists,  ///< commodity code: the lists with a prefix of it, a set
  code_bits,     ///< of a code that is among a few: its bit among those named together, beside `present`; 0 where absent
  row_there,     ///< whether a table has a row for some texts and codes: absent, no or yes
};

/// A text or code by which a table is searched.
struct FactPath {
  std::size_t variable = 0;
  std::vector<const document::Field*> members;
  friend bool operator==(const FactPath&, const FactPath&) = default;
};

/// Where a fact comes from: members from the element of `variable`, and the member of the elements of a set.
struct FactSource {
  FactKind kind = FactKind::code;
  std::size_t variable = 0;
  std::vector<const document::Field*> members;
  std::string key;                                      ///< below a free field
  std::vector<const document::Field*> element_members;  ///< of a set; empty where its elements are texts themselves
  const Table* table = nullptr;                         ///< of row_there
  std::vector<FactPath> row_key;
  RowDays row_days = RowDays::as_of;
  std::variant<Date, FactPath> row_day;                 ///< that is given: a constant or a field
  std::uint32_t code_fact = 0;                          ///< of code_bits: the word of the code
  bool compared = false;  ///< with another fact, so that texts outside the dictionary need numbers too

  bool same_value(const FactSource& other) const noexcept;
};

/// Numbers that order as decimals do: 2 x floor(value x 10^6), + 1 where that is not exact. Thresholds are
/// exact, so that comparing with them is exact, too.
struct Ordinal {
  static constexpr int places = 6;
  static constexpr std::int64_t absent = INT64_MIN, none = INT64_MIN + 1;
  static constexpr std::int64_t most = std::int64_t{1} << 61;  ///< of a threshold's magnitude; values beyond are cut to twice it

  static std::int64_t of(const Decimal& value) noexcept;
  /// nullopt where the value is not a multiple of 10^-6 or too large.
  static std::optional<std::int64_t> threshold(const Decimal& value) noexcept;
  static bool is_number(std::int64_t ordinal) noexcept { return ordinal > none; }
  /// Whether it stands for values between two multiples of 10^-6, or beyond the range.
  static bool is_inexact(std::int64_t ordinal) noexcept { return (ordinal & 1) != 0 || ordinal >= 2 * most || ordinal <= -2 * most; }
};

/// The facts that the conditions over one each-path look at. Built when a pack is compiled, then immutable.
class FactLayout {
 public:
  static constexpr std::size_t longest_code = 12;

  /// The first word of the fact; adds it where it is not there yet.
  std::uint32_t add(FactSource source);
  /// The bits of `codes` among those of the fact `code_fact`, and the word of the bits; nullopt where there are too many.
  std::optional<std::pair<std::uint32_t, std::uint64_t>> add_bits(std::uint32_t code_fact, const std::vector<std::uint64_t>& codes);
  std::size_t words() const noexcept { return words_; }

  struct Fact {
    FactSource source;
    std::uint32_t word = 0;
    std::vector<std::uint8_t> bit_of;  ///< of code_bits, by code: its bit + 1; 0 = none
    std::uint8_t bits = 0;             ///< used
  };
  static constexpr std::uint64_t present = std::uint64_t{1} << 63;  ///< in the word of code_bits
  const std::vector<Fact>& of_document() const noexcept { return of_document_; }  ///< the same for all elements
  const std::vector<Fact>& of_element() const noexcept { return of_element_; }

 private:
  std::vector<Fact> of_document_;
  std::vector<Fact> of_element_;
  std::uint32_t words_ = 0;
};

/// A set's two words: `missing` bit and size, then its place among the numbers of sets.
struct SetWord {
  static constexpr std::uint64_t missing = std::uint64_t{1} << 63;  ///< the array or a part of it was not declared
};

/// The facts of one element. Reused from element to element; one thread.
class Facts {
 public:
  std::uint64_t word(std::uint32_t at) const noexcept { return words_.data()[at]; }
  std::int64_t number(std::uint32_t at) const noexcept { return static_cast<std::int64_t>(word(at)); }
  bool set_misses(std::uint32_t at) const noexcept { return (word(at) & SetWord::missing) != 0; }
  std::span<const std::uint32_t> set(std::uint32_t at) const noexcept {
    return {numbers_.data() + word(at + 1), word(at) & ~SetWord::missing};
  }

 private:
  friend class FactReader;
  std::vector<std::uint64_t> words_;
  std::vector<std::uint32_t> numbers_;      ///< of sets
  std::vector<std::string_view> others_;    ///< texts outside the dictionary that are compared with each other
  Date as_of_;
  std::size_t document_numbers_ = 0;
  std::size_t document_others_ = 0;
};

/// Reads facts from documents. Immutable; any thread.
class FactReader {
 public:
  FactReader(const FactLayout& layout, const Dictionary& dictionary, const ListMembership& lists)
      : layout_(layout), dictionary_(dictionary), lists_(lists) {}

  /// What all elements of a document share. `root` is the document's.
  void read_document(const document::Node& root, Date as_of, Facts& facts) const;
  /// What is of one element. `nodes` are by variable, null for what is not known to be there. REQUIRES read_document().
  void read_element(std::span<const document::Node* const> nodes, Facts& facts) const;

 private:
  void read(const FactLayout::Fact& fact, std::span<const document::Node* const> nodes, Facts& facts) const;
  void read_lists(const FactSource& source, const document::Node* node, std::uint32_t word, Facts& facts) const;
  void read_set(const FactLayout::Fact& fact, const document::Node* array, Facts& facts) const;
  std::uint64_t free_code(const json::Value* value, const FactSource& source, Facts& facts) const;
  std::uint64_t code_of(std::string_view text, const FactSource& source, Facts& facts) const;

  const FactLayout& layout_;
  const Dictionary& dictionary_;
  const ListMembership& lists_;
};

}  // namespace greenlane::criteria
