// Explains why a criterion hit, did not hit, or could not be decided: its condition as a tree with the value
// of every part.
//
//   sample-explain PACK DECLARATION.json CRITERION [/items/0]
#include <iostream>
#include <string>

#include "greenlane/pack.h"
#include "greenlane/screening.h"

namespace {

void print(const greenlane::ExplainedPart& part, std::size_t depth) {
  std::cout << std::string(depth * 2, ' ') << (part.label.empty() ? "" : part.label + ": ") << part.text;
  if (!part.value.empty()) std::cout << "  =>  " << part.value;
  if (!part.error.empty()) std::cout << "  =>  error: " << part.error;
  if (!part.missing.empty()) std::cout << "  =>  not decided without " << part.missing.front();
  std::cout << '\n';
  for (const auto& child : part.children) print(child, depth + 1);
}

int report(const greenlane::Error& error) {
  std::cerr << error.to_text() << '\n';
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: sample-explain PACK DECLARATION.json CRITERION [POINTER]\n";
    return 2;
  }
  const auto pack = greenlane::load_local_pack(argv[1]);
  if (!pack) return report(pack.error());
  const auto declaration = greenlane::Declaration::read(argv[2]);
  if (!declaration) return report(declaration.error());
  const auto explanation = greenlane::explain(*pack, *declaration, argv[3], argc > 4 ? argv[4] : "");
  if (!explanation) return report(explanation.error());

  std::cout << explanation->criterion->key() << " (" << explanation->criterion->title.in("en")
            << "): " << explanation->outcome << '\n';
  for (const auto& evaluation : explanation->evaluations) {
    std::cout << (evaluation.at.empty() ? "the declaration" : evaluation.at) << ": " << evaluation.outcome
              << '\n';
    print(evaluation.tree, 1);
  }
  if (explanation->omitted != 0) std::cout << explanation->omitted << " more were clear\n";
}
