#include "commands.h"
#include "pack_arguments.h"
#include "report.h"

namespace greenlane::cli {
namespace {

bool has_criterion(const Pack& pack, const std::string& name) {
  for (const auto& info : pack.criteria()) {
    if (info->id == name || info->key() == name) return true;
  }
  return false;
}

}  // namespace

Exit run_explain(const Console& console, const ExplainArguments& arguments) {
  const auto packs = load_packs(arguments.packs);
  if (!packs.ok()) return console.fail(packs.error());
  const auto as_of = read_date(arguments.as_of);
  if (!as_of.ok()) return console.fail(as_of.error());
  const auto declaration = Declaration::read(arguments.file, {arguments.input, arguments.mapping}, arguments.index);
  if (!declaration.ok()) return console.fail(declaration.error());
  const Pack* pack = &packs->front();
  for (const Pack& candidate : *packs) {
    if (has_criterion(candidate, arguments.criterion)) {
      pack = &candidate;
      break;
    }
  }
  const auto explanation = explain(*pack, *declaration, arguments.criterion, arguments.at, *as_of);
  if (!explanation.ok()) return console.fail(explanation.error());
  console.out(console.json ? explanation->to_json() + "\n" : explanation_text(console, *explanation));
  return Exit::done;
}

}  // namespace greenlane::cli
