// What every pack can tell of itself.
#include <utility>

#include "criteria/compiled_pack.h"
#include "greenlane/pack.h"
#include "screening/bulk_screener.h"

namespace greenlane {
namespace {

PackIdentity identity_of(const criteria::CompiledPack& pack, std::string provenance, std::string freshness) {
  return {pack.source().id, pack.source().revision, pack.digest(), std::move(provenance), std::move(freshness)};
}

}  // namespace

Pack::Pack(std::shared_ptr<const criteria::CompiledPack> compiled, std::string provenance, std::string freshness)
    : compiled_(std::move(compiled)),
      identity_(identity_of(*compiled_, std::move(provenance), std::move(freshness))),
      texts_(std::make_shared<screening::SharedTexts>()) {}

LocalPack::LocalPack(std::shared_ptr<const criteria::CompiledPack> compiled) : Pack(std::move(compiled), "local", "not_applicable") {}

PublishedPack::PublishedPack(std::shared_ptr<const criteria::CompiledPack> compiled, std::string freshness)
    : Pack(std::move(compiled), "published", std::move(freshness)) {}

const std::string& Pack::applies_to() const noexcept { return compiled_->source().applies_to; }
const Text& Pack::title() const noexcept { return compiled_->source().title; }
const Text& Pack::authority() const noexcept { return compiled_->source().authority_name; }
const Text& Pack::notice() const noexcept { return compiled_->source().notice; }
const Text& Pack::grading(Level level) const noexcept { return compiled_->source().grading[static_cast<std::size_t>(level)]; }

std::vector<std::shared_ptr<const CriterionInfo>> Pack::criteria() const {
  std::vector<std::shared_ptr<const CriterionInfo>> all;
  for (const criteria::CompiledCriterion& criterion : compiled_->criteria()) {
    all.emplace_back(compiled_, &criterion.source.info);
  }
  return all;
}

}  // namespace greenlane
