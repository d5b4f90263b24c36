// What the calls of /api/v1 take and give, from its OpenAPI document. Generated: npm run gen

export type Account = {
  readonly id: string;
  readonly number: number;
  readonly status: "active" | "disabled" | "pending" | "muted";
  readonly roles: readonly string[];
  readonly organisation: string | null;
  readonly profile: Profile;
  readonly identifiers: readonly ({
    readonly kind: "username" | "mobile" | "email" | "id_number" | "aegisspeed_id";
    /** Masked, unless it is a user name. */
    readonly value: string;
    /** Its owner has proven it. An unproven mobile or e-mail signs nobody in. */
    readonly verified: boolean;
  })[];
  /** RFC 3339, in UTC. */
  readonly created_at: string;
  /** RFC 3339, in UTC. */
  readonly updated_at: string;
  /** RFC 3339, in UTC; null if it has not happened. */
  readonly last_sign_in_at: string | null;
};

export type Profile = {
  readonly nickname: string | null;
  /** A URL, absolute or relative to the public address. */
  readonly avatar: string | null;
  readonly gender: "unknown" | "male" | "female";
  /** `YYYY-MM-DD`. */
  readonly birthday: string | null;
  readonly country: string | null;
  readonly province: string | null;
  readonly city: string | null;
  readonly county: string | null;
  readonly address: string | null;
};

/** What is left out stays as it is; null takes it away (RFC 7396). */
export type ProfileChange = {
  readonly nickname?: string | null;
  /** A URL, absolute or relative to the public address. */
  readonly avatar?: string | null;
  readonly gender?: "unknown" | "male" | "female";
  /** `YYYY-MM-DD`. */
  readonly birthday?: string | null;
  readonly country?: string | null;
  readonly province?: string | null;
  readonly city?: string | null;
  readonly county?: string | null;
  readonly address?: string | null;
};

export type Session = {
  /** Not the token. */
  readonly id: string;
  /** What it was opened through. */
  readonly dialect: string;
  /** The application it was opened for. */
  readonly app: string | null;
  /** The address it was opened from. */
  readonly source: string;
  /** As the client called it. */
  readonly device: string | null;
  /** RFC 3339, in UTC. */
  readonly issued_at: string;
  /** RFC 3339, in UTC. */
  readonly last_seen_at: string;
  /** RFC 3339, in UTC. */
  readonly expires_at: string;
  /** It is the one that asks. */
  readonly current: boolean;
};

/** By method and path, below /api/v1. */
export interface Api {
  /** Register */
  readonly 'POST /accounts': {
    readonly body: {
      readonly username?: string;
      readonly mobile?: string;
      readonly email?: string;
      readonly password: string;
      /** What is left out stays as it is; null takes it away (RFC 7396). */
      readonly profile?: {
        readonly nickname?: string | null;
        /** A URL, absolute or relative to the public address. */
        readonly avatar?: string | null;
        readonly gender?: "unknown" | "male" | "female";
        /** `YYYY-MM-DD`. */
        readonly birthday?: string | null;
        readonly country?: string | null;
        readonly province?: string | null;
        readonly city?: string | null;
        readonly county?: string | null;
        readonly address?: string | null;
      };
      /** Proves the mobile or, where there is none, the e-mail address. */
      readonly code?: string;
      /** From `POST /api/v1/challenges/answers`, once a `challenge.missing` has asked for it. */
      readonly challenge_token?: string;
      /** What the owner is to recognise the session by. */
      readonly device?: string;
    };
    readonly answer: {
      readonly account: Account;
      readonly session: {
        /** For `Authorization: Bearer`. It is told this once. */
        readonly token: string;
        readonly token_type: "Bearer";
        /** RFC 3339, in UTC. */
        readonly expires_at: string;
      };
    };
  };
  /** See one’s own account */
  readonly 'GET /me': {
    readonly answer: Account;
  };
  /** Change one’s own profile */
  readonly 'PATCH /me': {
    readonly body: {
      readonly profile: ProfileChange;
    };
    readonly answer: Account;
  };
  /** Delete one’s own account */
  readonly 'DELETE /me': {
    readonly body: {
      readonly password: string;
    };
  };
  /** Take along everything that is kept about oneself */
  readonly 'GET /me/export': {
    readonly answer: {
      /** RFC 3339, in UTC. */
      readonly exported_at: string;
      /** False when a list is longer than 10,000: then these are the newest. */
      readonly is_complete: boolean;
      readonly account: Account;
      /** The id some dialects show. */
      readonly public_id: string;
      readonly identifiers: readonly ({
        readonly kind: "username" | "mobile" | "email" | "id_number" | "aegisspeed_id";
        /** In clear. */
        readonly value: string;
        /** RFC 3339, in UTC; null if it has not happened. */
        readonly verified_at: string | null;
      })[];
      /** The fields each dialect keeps of its own. */
      readonly attributes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
      /** RFC 3339, in UTC; null if it has not happened. */
      readonly password_changed_at: string | null;
      readonly is_password_change_due: boolean;
      /** Consecutive earlier days with a sign-in. */
      readonly sign_in_day_run: number;
      readonly sessions: readonly ({
        readonly id: string;
        readonly dialect: string;
        readonly app: string | null;
        readonly source: string;
        readonly client: {
          readonly type: string | null;
          readonly device_id: string | null;
          readonly device_name: string | null;
          readonly device_model: string | null;
        };
        /** RFC 3339, in UTC. */
        readonly issued_at: string;
        /** RFC 3339, in UTC. */
        readonly last_seen_at: string;
        /** RFC 3339, in UTC. */
        readonly expires_at: string;
      })[];
      readonly known_sources: readonly ({
        readonly source: string;
        /** RFC 3339, in UTC. */
        readonly last_at: string;
      })[];
      readonly failures: readonly ({
        /** The known source it is counted for; null for everybody else. */
        readonly source: string | null;
        readonly failures: number;
        readonly in_a_row: number;
        /** RFC 3339, in UTC. */
        readonly failed_at: string;
      })[];
      readonly notices: readonly ({
        readonly name: string;
        readonly day: string;
        readonly occasion: string;
        readonly count: number;
      })[];
      readonly codes: readonly ({
        readonly purpose: string;
        readonly destination: string;
        /** RFC 3339, in UTC. */
        readonly issued_at: string;
        /** RFC 3339, in UTC. */
        readonly expires_at: string;
      })[];
      readonly audit: readonly ({
        /** RFC 3339, in UTC. */
        readonly at: string;
        readonly act: string;
        readonly outcome: "success" | "refused";
        readonly reason: string | null;
        readonly source: string;
        readonly dialect: string | null;
        readonly endpoint: string | null;
        readonly app: string | null;
        readonly request_id: string | null;
      })[];
      readonly decisions: readonly ({
        readonly refusal: string;
        readonly source: string;
        readonly dialect: string;
        readonly endpoint: string | null;
        readonly count: number;
        /** RFC 3339, in UTC. */
        readonly first_at: string;
        /** RFC 3339, in UTC. */
        readonly last_at: string;
      })[];
    };
  };
  /** Change one’s own password */
  readonly 'PUT /me/password': {
    readonly body: {
      readonly current_password: string;
      readonly new_password: string;
    };
  };
  /** Sign in */
  readonly 'POST /sessions': {
    readonly body: {
      /** A user name, a mobile, an e-mail address, an identity number or an AegisSpeed ID. */
      readonly identifier: string;
      /** As it came by message. */
      readonly code: string;
      /** What the owner is to recognise the session by. */
      readonly device?: string;
    } | {
      /** A user name, a mobile, an e-mail address, an identity number or an AegisSpeed ID. */
      readonly identifier: string;
      readonly password: string;
      /** From `POST /api/v1/challenges/answers`, once a `challenge.missing` has asked for it. */
      readonly challenge_token?: string;
      /** What the owner is to recognise the session by. */
      readonly device?: string;
    };
    readonly answer: {
      /** For `Authorization: Bearer`. It is told this once. */
      readonly token: string;
      readonly token_type: "Bearer";
      /** RFC 3339, in UTC. */
      readonly expires_at: string;
      readonly session_id: string;
      readonly account: Account;
    };
  };
  /** See one’s own sessions */
  readonly 'GET /me/sessions': {
    readonly answer: {
      readonly sessions: readonly Session[];
      /** Give it back as `cursor` for the next page; null at the end. */
      readonly next: string | null;
    };
  };
  /** Have a code sent */
  readonly 'POST /codes': {
    readonly body: {
      /** A mobile or an e-mail address. */
      readonly identifier: string;
      /** What it is going to be good for. */
      readonly purpose: "sign-in" | "register" | "reset";
      /** From `POST /api/v1/challenges/answers`, once a `challenge.missing` has asked for it. */
      readonly challenge_token?: string;
    };
    readonly answer: {
      /** Seconds until the next one. */
      readonly resend_after: number;
    };
  };
  /** Set a new password with a code */
  readonly 'POST /password-resets': {
    readonly body: {
      /** A mobile or an e-mail address. */
      readonly identifier: string;
      /** As it came by message. */
      readonly code: string;
      readonly new_password: string;
    };
  };
  /** Be posed a challenge */
  readonly 'POST /challenges': {
    readonly body: {
      /** What the token will be good for: a dialect and an act, `api.sign-in`. */
      readonly purpose: string;
      /** Which kind is wanted; otherwise what is configured first. */
      readonly kind?: "picture" | "proof-of-work" | "hosted";
    };
    readonly answer: {
      readonly id: string;
      readonly kind: "picture" | "proof-of-work" | "hosted";
      /** Seconds. */
      readonly expires_in: number;
      /** A `data:` URL of a PNG, of a `picture`. */
      readonly picture?: string;
      /** Whose widget to show, of a `hosted` one. */
      readonly provider?: string;
      /** For the widget, of a `hosted` one. */
      readonly site_key?: string;
      /** What to work on, of a `proof-of-work`. */
      readonly task?: unknown;
    };
  };
  /** Answer a challenge */
  readonly 'POST /challenges/answers': {
    readonly body: {
      /** Of the challenge. */
      readonly id: string;
      readonly answer: string;
    };
    readonly answer: {
      /** Good once, for the purpose it was posed for. */
      readonly challenge_token: string;
      /** Seconds. */
      readonly expires_in: number;
    };
  };
  /** Ask what a token is worth */
  readonly 'POST /tokens/introspect': {
    readonly body: {
      /** The token, of whatever dialect. */
      readonly token: string;
      /** Ignored, as RFC 7662 allows. */
      readonly token_type_hint?: string;
    };
    readonly answer: {
      /** Without it there is nothing else to say. */
      readonly active: boolean;
      /** The account. */
      readonly sub?: string;
      readonly username?: string;
      /** The application the session was opened for. */
      readonly client_id?: string;
      readonly token_type?: "Bearer";
      /** Seconds since 1970-01-01T00:00:00Z. */
      readonly iat?: number;
      /** Seconds since 1970-01-01T00:00:00Z. */
      readonly exp?: number;
      /** The dialect that issued it. */
      readonly dialect?: string;
      /** The pool of accounts it belongs to. */
      readonly realm?: string;
    };
  };
  /** Ask what many tokens are worth */
  readonly 'POST /tokens/introspect-batch': {
    readonly body: {
      readonly tokens: readonly string[];
    };
    readonly answer: {
      readonly results: readonly ({
        /** Without it there is nothing else to say. */
        readonly active: boolean;
        /** The account. */
        readonly sub?: string;
        readonly username?: string;
        /** The application the session was opened for. */
        readonly client_id?: string;
        readonly token_type?: "Bearer";
        /** Seconds since 1970-01-01T00:00:00Z. */
        readonly iat?: number;
        /** Seconds since 1970-01-01T00:00:00Z. */
        readonly exp?: number;
        /** The dialect that issued it. */
        readonly dialect?: string;
        /** The pool of accounts it belongs to. */
        readonly realm?: string;
      })[];
    };
  };
}
