# The Ansible module for Windows hosts, here on PowerShell 7 with Ansible's own Ansible.Basic.
BeforeAll {
    . $PSScriptRoot/Support/TestModule.ps1
    . $PSScriptRoot/Support/FreshPowerShell.ps1
    . $PSScriptRoot/Support/AuthServer.ps1
    $python = Get-Command python3, python -CommandType Application -ErrorAction Ignore | Select-Object -First 1
    $found = @('/usr/lib/python3/dist-packages/ansible')
    if ($python) { $found += & $python -c 'import importlib.util as u; s = u.find_spec("ansible"); print(s.submodule_search_locations[0] if s else "")' 2>$null }
    $basic = $found | Where-Object { $_ } | ForEach-Object { Join-Path $_ 'module_utils/csharp/Ansible.Basic.cs' } | Where-Object { Test-Path $_ } | Select-Object -First 1
    $server = Start-AuthServer
    $secret = ($server.clients | Where-Object client_id -EQ nightly).client_secret
    $store = Join-Path ([System.IO.Path]::GetTempPath()) "authmodule-$(New-Guid)"

    # All tasks of a test in one process, each with sessions of its own; what it printed besides is $script:printed.
    function Invoke-AnsibleTask([hashtable[]] $Task) {
        $common = @{
            module_path = (Resolve-Path $modulePath).Path; authority = $server.issuer; client_id = 'nightly'; client_secret = $secret
            scope = @('orders.read'); store = "file:$store"; store_key = 'canary-store-key-of-this-test'
        }
        $lines = foreach ($own in $Task) {
            $all = $common.Clone()
            foreach ($name in $own.Keys) { if ($null -eq $own[$name]) { $all.Remove($name) } else { $all[$name] = $own[$name] } }
            ConvertTo-Json $all -Compress
        }
        $script:printed = $lines | & $freshPowerShell -NoProfile -NonInteractive -File "$PSScriptRoot/Support/AnsibleModule.ps1" $basic "$PSScriptRoot/../../integrations/ansible/plugins/modules/win_auth_token.ps1" 2>&1
        $script:printed | ForEach-Object { $_ | ConvertFrom-Json }
    }
}

AfterAll {
    Stop-AuthServer $server
    if (Test-Path $store) { Remove-Item $store -Recurse -Force }
}

Describe 'win_auth_token' -Tag 'D8', 'N10' {
    It 'gets, tests and revokes, and says honestly what it changed' {
        if (-not $basic) { Set-ItResult -Skipped -Because 'there is no Ansible, whose Ansible.Basic.cs it runs on' }
        $nothing, $checked, $first, $second, $tested, $wouldRevoke, $revoked, $again = Invoke-AnsibleTask @(
            @{ operation = 'revoke' }
            @{ _ansible_check_mode = $true }
            @{}
            @{ minimum_lifetime = 600 }
            @{ operation = 'test'; audience = @('orders'); required_scope = @('orders.read') }
            @{ operation = 'revoke'; _ansible_check_mode = $true }
            @{ operation = 'revoke' }
            @{ operation = 'revoke' }
        )
        $nothing.changed | Should -BeFalse
        $checked.changed | Should -BeTrue
        $checked.access_token | Should -BeNullOrEmpty
        $first.changed | Should -BeTrue
        $first.from_store | Should -BeFalse
        $first.token_type | Should -Be 'Bearer'
        $second.changed | Should -BeFalse
        $second.access_token | Should -Be $first.access_token
        $tested.valid | Should -BeTrue
        $tested.changed | Should -BeFalse
        $wouldRevoke.changed | Should -BeTrue
        $revoked.changed | Should -BeTrue
        $revoked.revocation.access_token | Should -Be 'Confirmed'
        $again.changed | Should -BeFalse
        "$printed" | Should -Not -BeLike "*$secret*"
        "$printed" | Should -Not -BeLike '*canary*'
    }

    It 'signs a person in, renews, and gives no token that is not wanted' {
        if (-not $basic) { Set-ItResult -Skipped -Because 'there is no Ansible, whose Ansible.Basic.cs it runs on' }
        $alice = @{ client_id = 'desktop'; client_secret = $null; scope = @('openid'); username = 'alice'; password = ($server.users | Where-Object username -EQ alice).password }
        $first, $renewed, $quiet = Invoke-AnsibleTask @($alice, ($alice + @{ operation = 'update' }), ($alice + @{ return_token = $false }))
        $first.subject | Should -Be 'alice'
        $renewed.changed | Should -BeTrue
        $renewed.access_token | Should -Not -Be $first.access_token
        $quiet.changed | Should -BeFalse
        $quiet.access_token | Should -BeNullOrEmpty
        "$printed" | Should -Not -BeLike "*$($alice.password)*"
    }

    It 'fails with id and advice' {
        if (-not $basic) { Set-ItResult -Skipped -Because 'there is no Ansible, whose Ansible.Basic.cs it runs on' }
        $wrong, $missing = Invoke-AnsibleTask @(@{ client_secret = 'canary-wrong' }, @{ authority = 'ftp://id.contoso.com' })
        $wrong.failed | Should -BeTrue
        $wrong.error_id | Should -Be 'InvalidClient'
        $wrong.recommended_action | Should -Not -BeNullOrEmpty
        $wrong.status_code | Should -Be 401
        $missing.error_id | Should -Be 'InvalidUrl'
        "$printed" | Should -Not -BeLike '*canary*'
    }
}
