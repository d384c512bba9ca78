// Gets what customs has published, and screens one declaration with the criteria in use.
//
//   sample-follow-customs HOME DECLARATION.json
//
// HOME is made once, with the root of trust that customs has handed out: greenlane init, or Home::create().
#include <iostream>

#include "greenlane/home.h"
#include "greenlane/screening.h"

namespace {

int report(const greenlane::Error& error) {
  std::cerr << error.to_text() << '\n';
  return 1;
}

/// What became of each pack. What could not be taken is no reason to stop: what was in use stays in use.
void print(const greenlane::CriteriaUpdate& update) {
  for (const auto& pack : update.packs) {
    std::cout << pack.id << " revision " << pack.revision << ": " << pack.outcome << '\n';
    if (pack.error) std::cout << "  " << pack.error->to_text() << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: sample-follow-customs HOME DECLARATION.json\n";
    return 2;
  }
  auto home = greenlane::Home::open(argv[1]);
  if (!home) return report(home.error());

  // No network, an expired signature, a forged list: whatever it is, the criteria in use stay, and say how old they are.
  const auto update = home->update_criteria();
  if (update) {
    print(*update);
  } else {
    std::cout << "no update: " << to_string(update.error().code) << '\n';
  }

  const auto packs = home->packs();
  if (!packs) return report(packs.error());
  const auto declaration = greenlane::Declaration::read(argv[2]);
  if (!declaration) return report(declaration.error());
  for (const greenlane::Pack& pack : *packs) {
    const auto assessment = greenlane::screen(pack, *declaration);
    if (!assessment) return report(assessment.error());
    std::cout << pack.identity().id << ", " << pack.identity().provenance << ", " << pack.identity().freshness << ": "
              << lane(assessment->level) << ", " << assessment->findings.size() << " findings\n";
  }
}
