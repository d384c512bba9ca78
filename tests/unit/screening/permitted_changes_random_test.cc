// The sets of permitted changes of random small conditions, against trying out every change on real documents.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "tests/support/long_form.h"
#include "tests/support/packs.h"

namespace greenlane::test {
namespace {

/// What the schema permits of the fields that conditions are made of, written down once more.
struct FieldRule {
  std::string path;     ///< as expressions and remedies name it
  std::string pointer;
  bool supply;
  bool correct;
};
const std::vector<FieldRule> numbers = {{"declaration.totals.gross_kg", "/totals/gross_kg", true, true},
                                        {"declaration.totals.net_kg", "/totals/net_kg", true, true},
                                        {"declaration.totals.invoice_amount", "/totals/invoice_amount", false, false},
                                        {"item.measure.net_kg", "/items/0/measure/net_kg", true, true},
                                        {"item.price.amount", "/items/0/price/amount", false, false}};
const std::vector<FieldRule> flags = {{"item.gmo", "/items/0/gmo", true, false},
                                      {"item.used", "/items/0/used", true, false},
                                      {"item.origin.direct_transport", "/items/0/origin/direct_transport", false, false}};

/// A change as one word: "add A", "supply /x", "correct /x".
using Words = std::set<std::string>;
/// The sets of changes, and of each whether it is certain.
using Sets = std::map<Words, bool>;

/// Every field stands in the condition once, so that its parts do not depend on each other: then whatever cannot be
/// decided has values with which it hits and values with which it does not.
class Problem {
 public:
  explicit Problem(std::uint32_t seed) : random_(seed) {
    std::vector<std::string> parts = atoms();
    std::shuffle(parts.begin(), parts.end(), random_);
    while (parts.size() > 1) {
      const std::string right = parts.back();
      parts.pop_back();
      const std::size_t left = below(parts.size());
      std::string joined = "(" + parts[left] + (chance(50) ? " && " : " || ") + right + ")";
      parts[left] = chance(15) ? "!" + joined : joined;
    }
    draft_.when = parts.front();
    draft_.each = "items";
    draft_.remedies = remedies();
  }

  const Draft& draft() const { return draft_; }
  std::string members() const { return members(values_, {}); }

  /// Every change that schema and criterion permit; where `undecided`, supplies of what is missing, too.
  Words permitted(bool undecided) const {
    Words words;
    if (!undecided) {
      for (const std::string& code : codes_named_) words.insert("add " + code);
    }
    for (const auto& [pointer, rule] : read_) {
      const bool absent = !values_.contains(pointer);
      const bool none = absent || values_.at(pointer) == "null";
      const bool named = named_.contains(pointer);
      // has() is never undetermined, so that what it asks for is not missing.
      const bool missing = undecided && absent && !only_asked_for_.contains(pointer);
      if (rule.supply && (missing || (none && named))) words.insert("supply " + pointer);
      const auto against = against_.find(pointer);
      const bool contradicted = against != against_.end() && values_.contains(against->second);
      if (!undecided && named && !none && rule.correct && contradicted) words.insert("correct " + pointer);
    }
    return words;
  }

  /// What the criterion comes to with the changes, over all values that may be behind them.
  std::set<std::string> outcomes(const Compiled& pack, const Words& changes) const {
    std::vector<std::string> opened;
    std::vector<std::string> added;
    for (const std::string& word : changes) {
      if (word.starts_with("add ")) {
        added.push_back(word.substr(4));
      } else {
        opened.push_back(word.substr(word.find(' ') + 1));
      }
    }
    std::set<std::string> seen;
    for (std::size_t choice = 0; choice < (std::size_t{1} << opened.size()); ++choice) {
      auto values = values_;
      for (std::size_t i = 0; i < opened.size(); ++i) {
        const bool high = (choice >> i & 1) != 0;
        const bool number = opened[i].ends_with("_kg") || opened[i].ends_with("amount");
        // Below and above everything that a number is compared with.
        values[opened[i]] = number ? (high ? "\"9\"" : "\"0\"") : (high ? "true" : "false");
      }
      const std::string text = verdict(assess(pack, members(values, added)));
      seen.insert(text.substr(0, text.find(' ')));
    }
    return seen;
  }

  /// All smallest sets, by trying out every one.
  Sets by_brute_force(const Compiled& pack, bool undecided) const {
    const Words all = permitted(undecided);
    const std::vector<std::string> words(all.begin(), all.end());
    Sets found;
    for (std::size_t size = 1; size <= 4; ++size) {
      for (std::size_t mask = 0; mask < (std::size_t{1} << words.size()); ++mask) {
        Words set;
        for (std::size_t i = 0; i < words.size(); ++i) {
          if ((mask >> i & 1) != 0) set.insert(words[i]);
        }
        const bool is_larger = std::any_of(found.begin(), found.end(), [&](const auto& smaller) {
          return std::includes(set.begin(), set.end(), smaller.first.begin(), smaller.first.end());
        });
        if (set.size() != size || is_larger) continue;
        const auto seen = outcomes(pack, set);
        const bool works = undecided ? !seen.contains("undetermined") : seen != std::set<std::string>{"hit"};
        if (works) found[set] = seen.size() == 1 && (undecided || seen.contains("clear"));
      }
    }
    return found;
  }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }
  bool chance(std::size_t percent) { return below(100) < percent; }

  std::string order() { return std::vector<std::string>{" < ", " <= ", " > ", " >= "}[below(4)]; }

  void note(const FieldRule& rule, bool may_be_null) {
    read_.emplace(rule.pointer, rule);
    if (chance(25)) return;
    const bool number = rule.pointer.ends_with("_kg") || rule.pointer.ends_with("amount");
    if (may_be_null && chance(20)) {
      values_[rule.pointer] = "null";
    } else {
      values_[rule.pointer] = number ? "\"" + std::to_string(1 + below(4)) + "\"" : (chance(50) ? "true" : "false");
    }
  }

  std::vector<std::string> atoms() {
    std::vector<std::string> made;
    std::vector<FieldRule> left = numbers;
    std::shuffle(left.begin(), left.end(), random_);
    while (!left.empty() && (made.empty() || chance(60))) {
      const FieldRule a = left.back();
      left.pop_back();
      note(a, false);
      if (left.empty() || chance(40)) {
        made.push_back(a.path + order() + std::to_string(1 + below(4)));
        continue;
      }
      const FieldRule b = left.back();
      left.pop_back();
      note(b, false);
      against_[a.pointer] = b.pointer;
      against_[b.pointer] = a.pointer;
      made.push_back(chance(50) ? a.path + order() + b.path : "(" + a.path + " - " + b.path + ")" + order() + "0");
    }
    for (const FieldRule& flag : flags) {
      if (chance(50)) continue;
      note(flag, true);
      const std::vector<std::string> forms = {" == true", " != true", " == null"};
      if (chance(20)) {
        only_asked_for_.insert(flag.pointer);
        made.push_back("has(" + flag.path + ")");
      } else {
        made.push_back(flag.path + forms[below(3)]);
      }
    }
    for (const std::string code : {"A", "B"}) {
      if (chance(50)) made.push_back((chance(70) ? "!" : "") + std::string("declaration.documents.exists(d, d.type == '") + code + "')");
    }
    if (chance(30)) documents_.push_back("A");
    if (chance(30)) documents_.push_back("C");
    return made;
  }

  std::string remedies() {
    std::string out;
    const auto add = [&](const std::string& members) {
      out += (out.empty() ? "" : ",") + ("{" + members) + R"(,"text":{"en":"do","zh":"办"}})";
    };
    const bool reads_documents = draft_.when.find("documents") != std::string::npos;
    for (const std::string code : {"A", "B"}) {
      if (chance(40)) continue;
      add(R"("kind":"document","code":")" + code + "\"");
      if (reads_documents) codes_named_.insert(code);
    }
    for (const auto& [pointer, rule] : read_) {
      if (chance(30)) continue;
      const bool measure = chance(15);
      add(std::string(R"("kind":")") + (measure ? "measure" : "correct") + R"(","field":")" + rule.path + "\"");
      if (!measure) named_.insert(pointer);
    }
    return "[" + out + "]";
  }

  std::string members(const std::map<std::string, std::string>& values, const std::vector<std::string>& added) const {
    const auto inside = [&](const std::string& owner) {
      std::string out;
      for (const auto& [pointer, value] : values) {
        if (!pointer.starts_with(owner) || pointer.find('/', owner.size()) != std::string::npos) continue;
        out += (out.empty() ? "" : ",") + ("\"" + pointer.substr(owner.size())) + "\":" + value;
      }
      return out;
    };
    std::string documents;
    for (const auto& list : {documents_, added}) {
      for (const std::string& code : list) documents += (documents.empty() ? "" : ",") + (R"({"type":")" + code) + "\"}";
    }
    const std::string own = inside("/items/0/");
    return R"("totals":{)" + inside("/totals/") + R"(},"documents":[)" + documents + R"(],"items":[{)" + own + (own.empty() ? "" : ",") +
           R"("measure":{)" + inside("/items/0/measure/") + R"(},"price":{)" + inside("/items/0/price/") + R"(},"origin":{)" +
           inside("/items/0/origin/") + "}}]";
  }

  std::mt19937 random_;
  Draft draft_;
  std::map<std::string, FieldRule> read_;             ///< by pointer
  std::map<std::string, std::string> against_;        ///< what a field is compared with
  std::map<std::string, std::string> values_;         ///< what is declared, as JSON
  std::vector<std::string> documents_;
  Words only_asked_for_;                              ///< pointers of the fields that has() stands around
  Words codes_named_;
  Words named_;                                       ///< pointers of the fields that a remedy names
};

Sets sets_of(const Explanation& explanation) {
  Sets sets;
  for (const ChangeSet& set : explanation.changes) {
    Words words;
    for (const Change& change : set.changes) words.insert(change.kind == "add" ? "add " + change.code : change.kind + " " + change.pointer);
    EXPECT_TRUE(sets.emplace(words, set.certain).second) << "a set stands there twice";
    EXPECT_EQ(set.certain, set.depends_on.empty());
  }
  return sets;
}

std::string show(const Sets& sets) {
  std::string out;
  for (const auto& [words, certain] : sets) {
    out += "  {";
    for (const std::string& word : words) out += word + "; ";
    out += certain ? "} certain\n" : "}\n";
  }
  return out;
}

TEST(PermittedChanges, OfRandomConditionsAreThoseThatBruteForceFinds) {
  std::size_t clearing = 0;
  std::size_t deciding = 0;
  for (std::uint32_t seed = 1; seed <= rounds(2000, 50'000); ++seed) {
    const Problem problem(seed);
    const Compiled pack = good({problem.draft()});
    const auto document = declaration(problem.members());
    ASSERT_TRUE(pack.pack && document);
    const auto told = screening::explain(pack.pack, pack.identity, *document, {.criterion = "T.ONE", .at = {}, .as_of = test_day()});
    ASSERT_TRUE(told.ok()) << told.error().to_text();
    if (told->outcome == "clear") {
      EXPECT_TRUE(told->changes.empty());
      continue;
    }
    ASSERT_FALSE(told->changes_omitted);
    const bool undecided = told->outcome == "undetermined";
    const Sets wanted = problem.by_brute_force(pack, undecided);
    (undecided ? deciding : clearing) += wanted.size();
    ASSERT_EQ(show(sets_of(*told)), show(wanted))
        << "seed " << seed << ": " << problem.draft().when << "\n" << problem.members() << "\n" << problem.draft().remedies;
  }
  // The rounds are worth something only where there is something to find.
  EXPECT_GT(clearing, 200u);
  EXPECT_GT(deciding, 200u);
}

}  // namespace
}  // namespace greenlane::test
