#include "screening/screener.h"

#include <utility>

#include "crypto/digest.h"
#include "screening/finding_builder.h"

namespace greenlane::screening {

Result<Date> as_of_date(const document::Document& document, std::optional<Date> given) {
  if (given) return *given;
  if (const auto own = document.as_of()) return *own;
  std::string fields;
  for (const std::string& path : document.table().as_of_paths()) fields += (fields.empty() ? "" : ", ") + path;
  return Error{.code = ErrorCode::invalid_argument,
               .message = "there is no date to screen for: the document does not declare " + fields + "; give the as-of date"};
}

std::string digest_of(const document::Document& document) {
  std::string buffer;
  return "sha256:" + crypto::sha256_hex(document.canonical(buffer));
}

Result<Assessment> screen(const std::shared_ptr<const criteria::CompiledPack>& pack, const PackIdentity& identity,
                          const document::Document& document, std::optional<Date> as_of, const Budget& budget) {
  if (document.table().format() != pack->table()->format()) {
    return Error{.code = ErrorCode::invalid_argument,
                 .message = "the pack " + identity.id + " is for " + pack->table()->format() + ", not for " + document.table().format()};
  }
  const auto date = as_of_date(document, as_of);
  if (!date.ok()) return date.error();
  Assessment made;
  made.declaration_id = document.id();
  made.declaration_digest = digest_of(document);
  made.pack = identity;
  made.as_of = *date;
  DocumentView view(*pack, document, *date);
  std::uint64_t spent = 0;
  for (const criteria::CompiledCriterion& criterion : pack->criteria()) {
    const CriterionInfo& info = criterion.source.info;
    if (!info.effective.contains(*date)) continue;
    auto outcome = evaluate(criterion, view, budget, spent);
    if (!outcome.ok()) return outcome.error();
    Coverage& coverage = made.coverage[info.domain];
    ++coverage.evaluated;
    // The pack owns the criterion; sharing it keeps the pack alive as long as the assessment.
    const std::shared_ptr<const CriterionInfo> shared(pack, &info);
    if (!outcome->hits.empty()) ++coverage.hit;
    if (made.findings.size() + outcome->hits.size() > budget.findings) return too_many_findings(criterion, budget);
    for (const Hit& hit : outcome->hits) made.findings.push_back(build_finding(criterion, shared, hit, *date));
    if (!outcome->hits.empty() && made.level < info.level) made.level = info.level;
    if (!outcome->undetermined()) continue;
    ++coverage.undetermined;
    made.undetermined.push_back({shared, std::move(outcome->missing), std::move(outcome->error)});
  }
  return made;
}

}  // namespace greenlane::screening
