// One goods line against a pack, both in memory: the engine's index against the hand-written one.
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>

#include "bench_files.h"
#include "criteria/compiled_pack.h"
#include "criteria/program.h"
#include "declaration_text.h"
#include "document/document.h"
#include "document/formats.h"
#include "figures.h"
#include "hand_index.h"
#include "measure.h"
#include "pack_text.h"
#include "screening/document_view.h"

namespace greenlane::bench {
namespace {

/// The conditions of the workload are wholly in the index: there is nothing to evaluate beside it.
class NoParts final : public criteria::OpaqueParts {
 public:
  Answer evaluate(const cel::Expr&, const criteria::Position&) override {
    throw Disagreement("the engine evaluates a part of a condition that its index should decide");
  }
};

class EngineLines {
 public:
  EngineLines(const Pack& pack, const std::vector<std::string>& declarations) : pack_(pack.compiled()) {
    std::size_t each = 0;
    while (!pack_->indexes().at(each)->index) ++each;
    index_ = pack_->indexes()[each].get();
    facts_.reserve(declarations.size());
    for (const std::string& text : declarations) {
      const auto document = document::Document::parse(pack_->table(), text);
      if (!document.ok()) throw std::runtime_error(document.error().to_text());
      screening::DocumentView view(*pack_, **document, day_);
      criteria::Facts& facts = facts_.emplace_back();
      index_->reader->read_document((*document)->root(), day_, facts);
      index_->reader->read_element(view.elements(each).all.at(0).nodes, facts);
    }
  }

  const criteria::CriteriaIndex& index() const { return *index_->index; }
  const criteria::Matches& matches() const { return matches_; }
  std::size_t size() const { return facts_.size(); }
  void match(std::size_t line) { index_->index->match(facts_[line], day_, parts_, matches_); }

 private:
  std::shared_ptr<const criteria::CompiledPack> pack_;
  const criteria::ElementIndex* index_;
  Date day_ = Date::parse("2025-07-01").value();
  std::vector<criteria::Facts> facts_;
  NoParts parts_;
  criteria::Matches matches_;
};

class LimitLines {
 public:
  LimitLines(const World& world, std::span<const Rule> rules, const std::vector<Goods>& goods)
      : lines_(intern(world, goods)), index_(rules, sample_of(lines_)) {
    index_.prepare(matches_);
  }

  const HandIndex& index() const { return index_; }
  const HandMatches& matches() const { return matches_; }
  void match(std::size_t line) { index_.match(lines_[line], matches_); }

 private:
  std::vector<Line> lines_;
  HandIndex index_;
  HandMatches matches_;
};

/// Both find the same criteria for every line. Returns the hits of all lines.
std::uint64_t check(EngineLines& engine, LimitLines& limit) {
  std::uint64_t hits = 0;
  for (std::size_t line = 0; line < engine.size(); ++line) {
    engine.match(line);
    limit.match(line);
    const auto& found = engine.matches().hits();
    const auto wanted = limit.matches().hits();
    bool same = found.size() == wanted.size() && engine.matches().asks().empty();
    for (std::size_t i = 0; same && i < found.size(); ++i)
      same = engine.index().criterion_of(found[i].rule) == wanted[i];
    if (!same) {
      throw Disagreement("line " + std::to_string(line) + ": the engine finds " +
                         std::to_string(found.size()) + " criteria and asks for " +
                         std::to_string(engine.matches().asks().size()) + ", the limit finds " +
                         std::to_string(wanted.size()));
    }
    hits += found.size();
  }
  return hits;
}

/// A pack in both forms, with the same lines.
class Contest {
 public:
  Contest(const Bench& bench, std::span<const Rule> rules, const std::vector<Goods>& goods,
          const std::vector<std::string>& declarations)
      : pack_(loaded(bench, rules)), engine_(pack_, declarations), limit_(bench.world, rules, goods) {
    const auto lines = static_cast<double>(engine_.size()), criteria = static_cast<double>(rules.size());
    figure_.criteria = rules.size();
    figure_.hits = static_cast<double>(check(engine_, limit_)) / lines;
    figure_.candidates = static_cast<double>(engine_.matches().candidates()) / lines;
    figure_.bytes = static_cast<double>(pack_.compiled()->index_bytes()) / criteria;
    figure_.limit_bytes = static_cast<double>(limit_.index().bytes()) / criteria;
  }

  /// One pass over all lines. Returns the sum of what it finds, so that nothing of it can be left out.
  std::uint64_t engine_pass() {
    std::uint64_t sum = 0;
    for (std::size_t line = 0; line < engine_.size(); ++line) {
      engine_.match(line);
      for (const criteria::Match& hit : engine_.matches().hits())
        sum += engine_.index().criterion_of(hit.rule);
    }
    return sum;
  }
  std::uint64_t limit_pass() {
    std::uint64_t sum = 0;
    for (std::size_t line = 0; line < engine_.size(); ++line) {
      limit_.match(line);
      for (const std::uint32_t rule : limit_.matches().hits()) sum += rule;
    }
    return sum;
  }

  EvaluationFigure measure(const Plan& plan) {
    std::uint64_t engine_sum = 0, limit_sum = 0;
    const auto times = compare(
        plan.passes, plan.least_seconds, [&] { engine_sum = engine_pass(); },
        [&] { limit_sum = limit_pass(); });
    if (engine_sum != limit_sum)
      throw Disagreement("a timed pass of the engine finds other criteria than the limit");
    figure_.engine_us = times.first / static_cast<double>(engine_.size()) * 1e6;
    figure_.limit_us = times.second / static_cast<double>(engine_.size()) * 1e6;
    return figure_;
  }

 private:
  Pack loaded(const Bench& bench, std::span<const Rule> rules) {
    const std::string path = bench.folder + "/pack.json";
    write_file(path, pack_text(bench.world, rules));
    std::optional<Pack> pack;
    figure_.load_s = seconds_of([&] { pack = load_pack(path); });
    return *std::move(pack);
  }

  EvaluationFigure figure_;
  Pack pack_;
  EngineLines engine_;
  LimitLines limit_;
};

}  // namespace

EvaluationFigures measure_evaluation(const Bench& bench, Mix mix, const std::vector<std::size_t>& sizes) {
  const auto rules = make_rules(bench.world, mix, sizes.back(), 72);
  const auto goods = make_goods(bench.world, bench.plan.goods, 73);
  const auto declarations = declaration_lines(bench.world, goods, 74);
  EvaluationFigures figures;
  std::unique_ptr<Contest> smallest, contest;
  for (const std::size_t size : sizes) {
    say("evaluation, " + std::string(mix == Mix::dense ? "dense" : "sparse") + ", " + std::to_string(size) +
        " criteria");
    contest = std::make_unique<Contest>(bench, std::span(rules).first(size), goods, declarations);
    figures.sizes.push_back(contest->measure(bench.plan));
    if (smallest == nullptr) smallest = std::move(contest);
  }
  const auto grown = [&](auto pass) {
    return compare(
               bench.plan.passes, bench.plan.least_seconds, [&] { pass(*contest); }, [&] { pass(*smallest); })
        .ratio();
  };
  figures.growth = grown([](Contest& each) { each.engine_pass(); });
  figures.limit_growth = grown([](Contest& each) { each.limit_pass(); });
  return figures;
}

}  // namespace greenlane::bench
