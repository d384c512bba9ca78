// Loads a pack, screens a declaration, explains a criterion, catches the library's exception.
#include <greenlane/pack.h>
#include <greenlane/screening.h>
#include <greenlane/version.h>

#include <cstring>
#include <iostream>

int main(int argc, char** argv) {
  if (argc != 3) return 2;
#ifdef GREENLANE_PACKAGE_VERSION
  if (std::strcmp(greenlane::version, GREENLANE_PACKAGE_VERSION) != 0) {
    std::cerr << "headers are " << greenlane::version << ", the package is " GREENLANE_PACKAGE_VERSION "\n";
    return 1;
  }
#endif
  try {
    (void)greenlane::load_local_pack("/does/not/exist").value();
    return 1;
  } catch (const greenlane::BadResult& problem) {
    std::cout << "caught: " << greenlane::to_string(problem.error().code) << '\n';
  }
  const auto pack = greenlane::load_local_pack(argv[1]).value();
  const auto declaration = greenlane::Declaration::read(argv[2]).value();
  const auto assessment = greenlane::screen(pack, declaration).value();
  std::cout << assessment.declaration_id << ": " << greenlane::to_string(assessment.level) << ", "
            << assessment.findings.size() << " findings, " << assessment.undetermined.size()
            << " undetermined\n";
  for (const auto& finding : assessment.findings) {
    std::cout << finding.criterion->key() << ' ' << finding.at.front().pointer << '\n';
  }
  const auto explanation = greenlane::explain(pack, declaration, "TINY.MASS", "/items/1").value();
  std::cout << "explained: " << explanation.outcome << '\n';
}
