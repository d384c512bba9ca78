#include "screening/pack_tests.h"

#include <utility>

#include "screening/criterion_evaluation.h"

namespace greenlane::screening {
namespace {

using criteria::CompiledCriterion;
using criteria::CriterionTest;
using criteria::Outcome;

/// A test's declaration is partial: it need not say its format.
json::Value completed(const CriterionTest& test, const std::string& format) {
  json::Value tree = test.declaration;
  if (tree.is_object() && tree.find("format") == nullptr) tree.set("format", format);
  return tree;
}

Date test_date(const CriterionTest& test, const CompiledCriterion& criterion, const document::Document& document) {
  if (test.as_of) return *test.as_of;
  if (const auto own = document.as_of()) return *own;
  return criterion.source.info.effective.from.value_or(Date());
}

PackTestResult run_test(const criteria::CompiledPack& pack, const CompiledCriterion& criterion, const CriterionTest& test) {
  PackTestResult result;
  result.criterion = criterion.source.info.key();
  result.test = test.name;
  result.expected = criteria::to_string(test.expect);
  if (test.missing) result.expected_missing = *test.missing;
  auto document = document::Document::from_json(pack.table(), completed(test, pack.table()->format()));
  if (!document.ok()) {
    result.outcome = "the test's declaration cannot be read: " + document.error().to_text();
    return result;
  }
  const Date as_of = test_date(test, criterion, **document);
  Outcome outcome = Outcome::clear;
  if (criterion.source.info.effective.contains(as_of)) {
    DocumentView view(pack, **document, as_of);
    std::uint64_t spent = 0;
    auto made = evaluate(criterion, view, {}, spent);
    if (!made.ok()) {
      result.outcome = made.error().message;
      return result;
    }
    if (!made->error.empty()) {
      result.outcome = "the condition cannot be computed: " + made->error;
      return result;
    }
    outcome = made->outcome();
    result.missing = std::move(made->missing);
  }
  result.outcome = criteria::to_string(outcome);
  result.passed = outcome == test.expect && (!test.missing || *test.missing == result.missing);
  return result;
}

}  // namespace

std::vector<PackTestResult> run_pack_tests(const criteria::CompiledPack& pack) {
  std::vector<PackTestResult> results;
  for (const CompiledCriterion& criterion : pack.criteria()) {
    for (const CriterionTest& test : criterion.source.tests) results.push_back(run_test(pack, criterion, test));
  }
  return results;
}

}  // namespace greenlane::screening
