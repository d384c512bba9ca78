// Screens one declaration and prints what was found.
//
//   sample-screen-one PACK DECLARATION.json [YYYY-MM-DD]
#include <iostream>
#include <optional>

#include "greenlane/pack.h"
#include "greenlane/screening.h"

namespace {

void print(const greenlane::Finding& finding) {
  const greenlane::CriterionInfo& criterion = *finding.criterion;
  std::cout << to_string(criterion.level) << "  " << criterion.key() << ": " << finding.message.in("en")
            << '\n';
  for (const auto& place : finding.at) {
    std::cout << "  where: " << place.pointer << " = " << place.value.value_or("not declared") << '\n';
  }
  for (const auto& basis : criterion.legal_basis) std::cout << "  basis: " << basis.ref << '\n';
  for (const auto& remedy : criterion.remedies) std::cout << "  to do: " << remedy.text.in("en") << '\n';
}

int report(const greenlane::Error& error) {
  std::cerr << error.to_text() << '\n';
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: sample-screen-one PACK DECLARATION.json [YYYY-MM-DD]\n";
    return 2;
  }
  // A pack is loaded, checked and its own tests run once; it then serves any number of declarations and
  // threads.
  const auto pack = greenlane::load_local_pack(argv[1]);
  if (!pack) return report(pack.error());
  const auto declaration = greenlane::Declaration::read(argv[2]);
  if (!declaration) return report(declaration.error());
  // Without a date the criteria in force on the declaration's own date apply.
  const auto as_of = argc > 3 ? greenlane::Date::parse(argv[3]) : std::nullopt;
  if (argc > 3 && !as_of) return report({.message = "expected a day such as 2025-06-29", .source = argv[3]});
  const auto assessment = greenlane::screen(*pack, *declaration, as_of);
  if (!assessment) return report(assessment.error());

  std::cout << assessment->declaration_id << " as of " << assessment->as_of.to_string() << ": level "
            << to_string(assessment->level) << ", lane " << lane(assessment->level) << '\n';
  if (assessment->findings.empty()) std::cout << "no published criterion matched\n";
  for (const auto& finding : assessment->findings) print(finding);
  // What could not be decided is no "clear": it names the fields that would decide it.
  for (const auto& open : assessment->undetermined) {
    std::cout << "not decided: " << open.criterion->key() << '\n';
    for (const auto& pointer : open.missing) std::cout << "  needs: " << pointer << '\n';
  }
}
