#include "document/pattern_matcher.h"

#include <algorithm>
#include <bitset>
#include <map>
#include <optional>
#include <utility>

namespace greenlane::document {
namespace {

constexpr std::size_t most_positions = 200;
constexpr std::size_t most_cells = 20'000;  // of the table

using Bytes = std::bitset<256>;
using Positions = std::bitset<most_positions>;

/// A part of an expression by Glushkov: the positions it can begin and end with, and whether it can be empty.
struct Part {
  Positions first;
  Positions last;
  bool empty = true;
};

/// Reads an expression into positions (occurrences of a class of bytes) and what may follow each of them.
/// Counted parts are read again for every repetition.
class PositionReader {
 public:
  explicit PositionReader(std::string_view text) : text_(text) {}

  /// nullopt for what is not known here.
  std::optional<Part> read() {
    const Part part = alternatives();
    if (failed_ || at_ != text_.size()) return std::nullopt;
    return part;
  }

  std::vector<Bytes> bytes;         ///< of each position
  std::vector<Positions> followed;  ///< by these

 private:
  bool more() const noexcept { return !failed_ && at_ < text_.size(); }
  bool next_is(char c) const noexcept { return more() && text_[at_] == c; }

  Part alternatives() {
    Part part = sequence();
    while (next_is('|')) {
      ++at_;
      const Part other = sequence();
      part.first |= other.first;
      part.last |= other.last;
      part.empty = part.empty || other.empty;
    }
    return part;
  }

  Part sequence() {
    Part part;
    while (more() && text_[at_] != '|' && text_[at_] != ')') part = joined(part, repeated());
    return part;
  }

  Part joined(const Part& a, const Part& b) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      if (a.last[i]) followed[i] |= b.first;
    }
    return {a.empty ? a.first | b.first : a.first, b.empty ? a.last | b.last : b.last, a.empty && b.empty};
  }

  Part repeated() {
    const std::size_t begin = at_;
    Part once = atom();
    const std::size_t end = at_;
    std::size_t least = 1, most = 1;
    bool endless = false;
    if (!count(least, most, endless)) return once;
    const std::size_t behind = at_;
    if (most == 0) return fail();
    Part all = once;
    for (std::size_t i = 1; i < most && !failed_; ++i) {
      at_ = begin;
      Part again = atom();
      if (at_ != end) return fail();
      again.empty = again.empty || i >= least;
      all = joined(all, again);
    }
    if (endless) joined(all, all);
    if (least == 0) all.empty = true;
    at_ = behind;
    return all;
  }

  /// A count at this place; false where there is none.
  bool count(std::size_t& least, std::size_t& most, bool& endless) {
    if (!more()) return false;
    const char c = text_[at_];
    if (c != '?' && c != '*' && c != '+' && c != '{') return false;
    ++at_;
    least = c == '+' ? 1 : 0;
    endless = c == '*' || c == '+';
    if (c == '{') {
      least = most = number();
      if (next_is(',')) {
        ++at_;
        most = number();
      }
      if (!next_is('}') || most < least) return fail(), true;
      ++at_;
    }
    // "a+?" and "a{2}{3}" mean other things.
    if (more() && std::string_view("?*+{").find(text_[at_]) != std::string_view::npos) fail();
    return true;
  }

  std::size_t number() {
    std::size_t value = 0;
    const std::size_t begin = at_;
    for (; more() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_) {
      value = value * 10 + static_cast<std::size_t>(text_[at_] - '0');
      if (value > most_positions) fail();
    }
    if (at_ == begin) fail();
    return value;
  }

  Part atom() {
    if (next_is('(')) {
      ++at_;
      if (next_is('?')) return fail();
      const Part part = alternatives();
      if (!next_is(')')) return fail();
      ++at_;
      return part;
    }
    Bytes set;
    if (next_is('[')) {
      ++at_;
      if (next_is('^') || next_is(']')) return fail();
      while (more() && text_[at_] != ']') add_range(set);
      if (!next_is(']')) return fail();
      ++at_;
    } else {
      if (more() && std::string_view("^$.*+?{}])").find(text_[at_]) != std::string_view::npos) return fail();
      set.set(character());
    }
    return position(set);
  }

  void add_range(Bytes& set) {
    if (next_is('[')) {  // "[:alpha:]"
      fail();
      return;
    }
    const unsigned first = character();
    unsigned last = first;
    if (next_is('-') && at_ + 1 < text_.size() && text_[at_ + 1] != ']') {
      ++at_;
      last = character();
    }
    if (last < first) fail();
    for (unsigned c = first; c <= last && !failed_; ++c) set.set(c);
  }

  /// One ASCII character, or an escaped mark of punctuation.
  unsigned character() {
    if (next_is('\\')) {
      ++at_;
      constexpr std::string_view marks = R"(.-+*?()[]{}|/\^$)";
      if (!more() || marks.find(text_[at_]) == std::string_view::npos) return fail(), 0u;
    }
    if (!more() || static_cast<unsigned char>(text_[at_]) >= 0x80) return fail(), 0u;
    return static_cast<unsigned char>(text_[at_++]);
  }

  Part position(const Bytes& set) {
    if (bytes.size() == most_positions) return fail();
    Part part;
    part.first.set(bytes.size());
    part.last = part.first;
    part.empty = false;
    bytes.push_back(set);
    followed.emplace_back();
    return part;
  }

  Part fail() {
    failed_ = true;
    return {};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

struct LessPositions {
  bool operator()(const Positions& a, const Positions& b) const {
    return a.to_string() < b.to_string();
  }
};

}  // namespace

std::unique_ptr<const PatternMatcher> PatternMatcher::make(std::string_view pattern) {
  if (pattern.size() < 2 || !pattern.starts_with('^') || !pattern.ends_with('$')) return nullptr;
  pattern = pattern.substr(1, pattern.size() - 2);
  // "^a|b$" is anchored at one side a branch only, and in "\$" the mark is no anchor.
  if (pattern.ends_with('\\')) return nullptr;
  int open = 0;
  for (const char c : pattern) {
    open += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == '|' && open == 0) return nullptr;
  }
  PositionReader reader(pattern);
  const auto whole = reader.read();
  if (!whole) return nullptr;

  std::unique_ptr<PatternMatcher> made(new PatternMatcher());
  std::map<std::string, std::uint8_t> classes;
  std::vector<unsigned> sample;  // a byte of each class
  for (unsigned byte = 0; byte < 256; ++byte) {
    std::string in;
    for (const Bytes& set : reader.bytes) in += set[byte] ? '1' : '0';
    const auto [at, added] = classes.emplace(in, static_cast<std::uint8_t>(classes.size()));
    made->class_of_[byte] = at->second;
    if (added) sample.push_back(byte);
  }
  made->classes_ = sample.size();

  // A state is the set of positions that the next byte may take. State 0 is the start; the set without
  // positions is the one that nothing leaves. Sets differ by whether the text may end here as well.
  using State = std::pair<Positions, bool>;
  const auto less = [](const State& a, const State& b) {
    return a.second != b.second ? a.second < b.second : LessPositions()(a.first, b.first);
  };
  std::map<State, std::uint16_t, decltype(less)> known(less);
  std::vector<State> states;
  const auto number = [&](const State& state) {
    const auto [at, added] = known.emplace(state, static_cast<std::uint16_t>(states.size()));
    if (added) states.push_back(state);
    return at->second;
  };
  number({whole->first, whole->empty});
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (states.size() * (sample.size() + 1) > most_cells) return nullptr;
    const State from = states[i];
    for (const unsigned byte : sample) {
      State to;
      for (std::size_t p = 0; p < reader.bytes.size(); ++p) {
        if (!from.first[p] || !reader.bytes[p][byte]) continue;
        to.first |= reader.followed[p];
        to.second = to.second || whole->last[p];
      }
      made->next_.push_back(static_cast<std::uint16_t>(number(to) * (sample.size() + 1)));
    }
    made->next_.push_back(from.second ? 1 : 0);
  }
  return made;
}

}  // namespace greenlane::document
