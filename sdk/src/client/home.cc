// The home as the public API shows it: each call opens what it needs of the folder.
#include "greenlane/home.h"

#include <algorithm>
#include <utility>

#include "base/json.h"
#include "base/utc_time.h"
#include "client/bundle.h"
#include "client/create_home.h"
#include "client/criteria_status.h"
#include "client/criteria_updater.h"
#include "client/export_criteria.h"
#include "client/file_io.h"
#include "client/home_paths.h"
#include "client/home_settings.h"
#include "client/home_state.h"
#include "client/kept_packs.h"
#include "exchange/http_source.h"

namespace greenlane {
namespace {

using client::IndexedPack;
using client::KeptPacks;

constexpr std::size_t max_settings_bytes = std::size_t{64} << 10;
constexpr std::string_view criteria_path = "/v1/criteria";

Result<std::vector<Pack>> load_all(KeptPacks& packs, const std::vector<const IndexedPack*>& chosen) {
  std::vector<Pack> loaded;
  for (const IndexedPack* pack : chosen) {
    auto one = packs.load(*pack);
    if (!one.ok()) return std::move(one).error();
    loaded.push_back(*std::move(one));
  }
  return loaded;
}

Error no_packs(std::string message) { return {.code = ErrorCode::not_found, .message = std::move(message)}; }

}  // namespace

struct Home::State {
  client::HomePaths paths;
  client::HomeSettings settings;
};

Home::Home(std::unique_ptr<State> state) : state_(std::move(state)) {}
Home::Home(Home&&) noexcept = default;
Home& Home::operator=(Home&&) noexcept = default;
Home::~Home() = default;

Result<Home> Home::create(const std::string& folder, const NewHome& settings, Moment now) {
  if (auto made = client::create_home(folder, settings, client::moment(now)); !made.ok()) return std::move(made).error();
  return open(folder);
}

Result<Home> Home::open(const std::string& folder) {
  const client::HomePaths paths(folder);
  const auto text = client::read_file(paths.settings(), max_settings_bytes);
  if (!text.ok() && text.error().code == ErrorCode::not_found) {
    return Error{.code = ErrorCode::not_found, .message = "there is no home here; make one with `greenlane init`, or say where it is with --home", .source = folder};
  }
  if (!text.ok()) return text.error();
  auto settings = client::HomeSettings::read(*text, paths.settings());
  if (!settings.ok()) return std::move(settings).error();
  return Home(std::make_unique<State>(State{paths, *std::move(settings)}));
}

const std::string& Home::folder() const noexcept { return state_->paths.home(); }
const std::string& Home::gateway() const noexcept { return state_->settings.gateway; }
const std::string& Home::enterprise() const noexcept { return state_->settings.enterprise; }

const std::string& Home::pinned_root() const noexcept { return state_->settings.root; }
std::string Home::to_json() const { return json::compact(state_->settings.to_value()); }

Result<CriteriaUpdate> Home::update_criteria(const UpdateOptions& options) {
  exchange::HttpOptions http;
  if (state_->settings.own_ca) http.ca_file = state_->paths.ca();
  auto connection = exchange::HttpClient::open(http);
  if (!connection.ok()) return std::move(connection).error();
  exchange::HttpSource source(*connection, state_->settings.gateway + std::string(criteria_path));
  return client::CriteriaUpdater(state_->paths, source, options).run();
}

Result<CriteriaUpdate> Home::import_criteria(const std::string& bundle, const UpdateOptions& options) {
  auto source = client::Bundle::open(bundle);
  if (!source.ok()) return std::move(source).error();
  auto updated = client::CriteriaUpdater(state_->paths, *source, options).run();
  if (!updated.ok() && updated.error().code == ErrorCode::unreachable) {
    // What a server may have later, a file will never have.
    updated.error().code = ErrorCode::invalid_document;
    updated.error().retryable = false;
    updated.error().message += "; the bundle is not whole: get another one";
  } else if (!updated.ok() && updated.error().code == ErrorCode::not_trusted && updated.error().source != client::clock_source) {
    updated.error().message += "; nothing was taken from the bundle: get a newer one";
  }
  return updated;
}

Result<void> Home::export_criteria(const std::string& bundle, const std::vector<std::string>& ids) const {
  std::vector<std::string> different = ids;
  std::sort(different.begin(), different.end());
  different.erase(std::unique(different.begin(), different.end()), different.end());
  const auto files = client::files_to_export(state_->paths, client::moment({}), different);
  return files.ok() ? client::write_bundle(bundle, *files) : Result<void>(files.error());
}

Result<CriteriaStatus> Home::criteria_status(Moment now) const {
  return client::criteria_status(state_->paths, state_->settings.gateway, client::moment(now));
}

Result<std::vector<KeptPack>> Home::kept_packs() const {
  const auto index = client::read_index(state_->paths);
  if (!index.ok()) return index.error();
  std::vector<KeptPack> kept;
  for (const IndexedPack& pack : index->packs) kept.push_back(pack.pack);
  return kept;
}

Result<std::vector<Pack>> Home::packs(Moment now) const {
  return client::with_kept_packs(state_->paths, client::moment(now), [this](KeptPacks& packs) -> Result<std::vector<Pack>> {
    const auto chosen = packs.active();
    if (!chosen.empty()) return load_all(packs, chosen);
    return no_packs("the home " + folder() + " has no criteria yet; run `greenlane criteria update`, or import a file of them");
  });
}

Result<std::vector<Pack>> Home::packs_known_on(Date day, Moment now) const {
  return client::with_kept_packs(state_->paths, client::moment(now), [&](KeptPacks& packs) -> Result<std::vector<Pack>> {
    const auto chosen = packs.known_on(day);
    if (!chosen.empty()) return load_all(packs, chosen);
    std::optional<std::chrono::sys_seconds> first;
    for (const IndexedPack& pack : packs.index().packs) first = first ? std::min(*first, pack.pack.activated_at) : pack.pack.activated_at;
    return no_packs("no pack was in use here on " + day.to_string() + (first ? "; the first was taken into use at " + utc_text(*first) : "; there never was one"));
  });
}

Result<PublishedPack> Home::pack(std::string_view id, std::optional<std::int64_t> revision, Moment now) const {
  return client::with_kept_packs(state_->paths, client::moment(now), [&](KeptPacks& packs) -> Result<PublishedPack> {
    const auto found = packs.find(id, revision);
    if (!found.ok()) return found.error();
    return packs.load(**found);
  });
}

Result<std::string> Home::packs_stamp(Moment now) const {
  return client::with_kept_packs(state_->paths, client::moment(now), [](KeptPacks& packs) -> Result<std::string> {
    std::string stamp = std::to_string(packs.index().generation);
    for (const IndexedPack* pack : packs.active()) {
      const auto freshness = packs.freshness(*pack);
      if (!freshness.ok()) return freshness.error();
      stamp += " " + pack->pack.id + "@" + std::to_string(pack->pack.revision) + " " + *freshness;
    }
    return stamp;
  });
}

Result<PublicationProof> Home::publication_proof(std::string_view id, std::int64_t revision) const {
  return client::publication_proof(state_->paths, client::moment({}), id, revision);
}

Result<std::string> Home::checkpoint() const {
  const auto log = client::seen_log(state_->paths, client::moment({}), true);
  if (!log.ok()) return log.error();
  return log->note();
}

Result<void> Home::compare_checkpoint(std::string_view note) const { return client::compare_checkpoint(state_->paths, client::moment({}), note); }

}  // namespace greenlane
