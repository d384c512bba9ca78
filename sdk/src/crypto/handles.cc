#include "crypto/handles.h"

#include <openssl/bio.h>
#include <openssl/evp.h>

namespace greenlane::crypto {

void HandleDeleter::operator()(bio_st* handle) const noexcept { BIO_free_all(handle); }
void HandleDeleter::operator()(evp_md_ctx_st* handle) const noexcept { EVP_MD_CTX_free(handle); }
void HandleDeleter::operator()(evp_pkey_st* handle) const noexcept { EVP_PKEY_free(handle); }

}  // namespace greenlane::crypto
