// Parts that several documents of a home share.
#pragma once

#include "base/json.h"
#include "greenlane/criteria_status.h"

namespace greenlane::client {

json::Value error_value(const Error& error);  ///< greenlane.error/1
json::Value kept_pack_json(const KeptPack& pack);
json::Value failed_update_json(const FailedUpdate& failed);
json::Value refused_json(const Refusal& refusal);

}  // namespace greenlane::client
