#include "tests/differential/comparison.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "base/text.h"
#include "document/bulk_reader.h"
#include "screening/bulk_screener.h"
#include "tests/differential/random_declaration.h"
#include "tests/differential/vocabulary.h"

namespace greenlane::test {
namespace {

/// Bytes of one text in a report, and those before the first that differs.
constexpr std::size_t max_shown = 6'000;
constexpr std::size_t max_before = 300;

struct Subject {
  RandomPack written;
  Compiled compiled;
  naive::Pack naive;
};

/// Nullopt, and a failure of the test, where the pack does not compile.
std::optional<Subject> subject(RandomPack written) {
  const json::Value json = pack_json(written.criteria, written.lists);
  Compiled compiled = compile_json(json);
  EXPECT_EQ(compiled.mistake(), "") << text::shortened(json::compact(json), max_shown);
  if (!compiled.pack) return std::nullopt;
  naive::Pack naive = naive::Pack::of(json, compiled.identity);
  return Subject{std::move(written), std::move(compiled), std::move(naive)};
}

std::string shown(const Result<Assessment>& made) {
  return made.ok() ? made->to_json() : "error: " + std::string(to_string(made.error().code));
}

struct Answers {
  std::string engine;
  std::string naive;

  bool differ() const { return engine != naive; }
  std::string shown() const {
    const auto at = static_cast<std::size_t>(
        std::mismatch(engine.begin(), engine.end(), naive.begin(), naive.end()).first - engine.begin());
    const std::size_t from = at > max_before ? at - max_before : 0;
    return "  both:   " + engine.substr(from, at - from) +
           "\n  engine: " + text::shortened(engine.substr(at), max_shown) +
           "\n  naive:  " + text::shortened(naive.substr(at), max_shown) + "\n";
  }
};

Answers answers(const Subject& subject, const document::Document& document, std::optional<Date> as_of,
                const Engine& engine, naive::Tally& tally) {
  return {shown(engine(subject.compiled, document, as_of)),
          shown(naive::screen(subject.naive, document.json(), as_of, tally))};
}

/// The criteria of the pack that differ when they are alone, with what both say.
std::string narrowed(const Subject& whole, const document::Document& document, std::optional<Date> as_of,
                     const Engine& engine) {
  std::string out;
  for (Draft draft : whole.written.criteria) {
    draft.supersedes.clear();
    const auto alone = subject({{draft}, whole.written.lists});
    if (!alone) continue;
    naive::Tally unused;
    const Answers both = answers(*alone, document, as_of, engine, unused);
    if (!both.differ()) continue;
    out += draft.id + "@" + std::to_string(draft.version) + " each '" + draft.each + "' rows '" + draft.rows +
           "'\n  " + draft.when + "\n" + both.shown();
    if (out.size() > max_shown) break;
  }
  return out.empty() ? "none; only together\n" : out;
}

std::string report(std::uint64_t seed, const Subject& subject, const document::Document& document,
                   std::optional<Date> as_of, const Answers& both, const Engine& engine) {
  const auto line = [](const char* what, const std::string& text) {
    return std::string(what) + ": " + text::shortened(text, max_shown) + "\n";
  };
  return "seed " + std::to_string(seed) + ", as of " +
         (as_of ? as_of->to_string() : "the declaration's date") + "; criteria that differ alone:\n" +
         narrowed(subject, document, as_of, engine) + "all criteria:\n" + both.shown() +
         line("lists", subject.written.lists) + line("declaration", json::compact(document.json())) +
         line("pack", json::compact(pack_json(subject.written.criteria, subject.written.lists)));
}

}  // namespace

/// The line that bulk screening writes for the same document, read in bulk.
std::string bulk_line(const Compiled& pack, const document::Document& document, std::optional<Date> as_of) {
  document::BulkReader reader(pack.pack->table(), pack.pack->fields_read());
  const std::string text = json::compact(document.json());
  const auto read = reader.read(text);
  if (!read.ok()) return "error: " + read.error().to_text();
  screening::BulkScreener bulk(std::make_shared<const screening::AssessmentTexts>(pack.pack, pack.identity));
  std::string line;
  const auto made = bulk.screen(**read, as_of, nullptr, line);
  return made.ok() ? line : "error: " + std::string(to_string(made.error().code));
}

Result<Assessment> screener(const Compiled& pack, const document::Document& document, std::optional<Date> as_of) {
  auto made = screening::screen(pack.pack, pack.identity, document, as_of);
  EXPECT_EQ(bulk_line(pack, document, as_of), shown(made)) << "bulk screening writes other bytes";
  return made;
}

std::string difference(std::uint64_t seed, const Engine& engine, naive::Tally& tally) {
  Random random(seed);
  const auto made = subject(random_pack(random));
  if (!made) return "seed " + std::to_string(seed) + ": the pack does not compile";
  for (std::size_t i = 0; i < declarations_per_pack; ++i) {
    const auto document =
        document::Document::from_json(made->compiled.pack->table(), random_declaration(random));
    if (!document.ok()) return "seed " + std::to_string(seed) + ": " + document.error().to_text();
    std::optional<Date> as_of;
    if (random.chance(75)) as_of = Date::parse(random.pick(vocabulary().day.values));
    const Answers both = answers(*made, **document, as_of, engine, tally);
    if (both.differ()) return report(seed, *made, **document, as_of, both, engine);
  }
  return "";
}

}  // namespace greenlane::test
